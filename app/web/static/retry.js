/**
 * Backoff between attempts to reach the service. The waiting time grows exponentially, so that a
 * service in trouble can recover, and is random, so that pages do not all retry at the same moment.
 */

const BASE = 500; // milliseconds: the maximum of the first wait
const MAX_WAIT = 30_000; // milliseconds
const waits = new Set();

/**
 * Resolves when it is time for the next attempt.
 * @param {number} failures the number of attempts that failed before the last one
 * @param {() => number} [random]
 * @param {(end: () => void, milliseconds: number) => void} [schedule]
 */
export function backoff(failures, random = Math.random, schedule = setTimeout) {
  const maxWait = Math.min(MAX_WAIT, BASE * 2 ** failures);
  return new Promise((resolve) => {
    const end = () => {
      waits.delete(end);
      resolve();
    };
    waits.add(end);
    schedule(end, random() * maxWait);
  });
}

/** Ends every wait at once, because the next attempt is likely to succeed. */
export function retryNow() {
  for (const end of [...waits]) end();
}
