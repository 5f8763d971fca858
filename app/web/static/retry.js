/**
 * Waits between attempts to reach the service. They grow, so that a service in trouble is left in
 * peace, and are random, so that not all pages come back to it at the same moment.
 */

const FIRST = 500; // milliseconds: the longest that the first wait can be
const LONGEST = 30_000; // milliseconds
const waiting = new Set();

/**
 * Resolves when it is time for another attempt.
 * @param {number} failures how many attempts failed before this last one
 */
export function backoff(failures) {
  const atMost = Math.min(LONGEST, FIRST * 2 ** failures);
  return new Promise((resolve) => {
    const end = () => {
      waiting.delete(end);
      resolve();
    };
    waiting.add(end);
    setTimeout(end, Math.random() * atMost);
  });
}

/** Ends every wait: there is reason to think that an attempt would now succeed. */
export function retryNow() {
  for (const end of [...waiting]) end();
}

addEventListener('online', retryNow);
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) retryNow();
});
