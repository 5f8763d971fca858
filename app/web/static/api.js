/** Talks to the service: JSON in, JSON out, and one class for everything that can go wrong. */

import { backoff, retryNow } from './retry.js';

const TIMEOUT = 15_000; // milliseconds

/** A name that nothing else has. (randomUUID would need https.) */
export const randomName = () => crypto.getRandomValues(new Uint32Array(2)).join('-');

/** By this name the service knows which of a person's pages makes a change. */
export const PAGE_ID = randomName();

/** A request that failed; its message is a sentence fit to be shown to a person. */
export class ApiError extends Error {
  /**
   * @param {number} status the HTTP status, 0 when no usable answer came
   * @param {string} detail
   * @param {{pointer: string, detail: string}[]} errors one per faulty field
   */
  constructor(status, detail, errors = []) {
    super(detail);
    this.status = status;
    this.errors = errors;
  }

  /** Whether a write may have been carried out all the same. */
  get outcomeUnknown() {
    return this.status === 0 || this.status >= 500;
  }

  /** @param {string} field @returns {string} what is wrong with that field, or nothing */
  detailFor(field) {
    return this.errors.find(({ pointer }) => pointer === `#/${field}`)?.detail ?? '';
  }
}

/**
 * Sends one request and returns the answer's JSON (null for an empty answer).
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 * @throws {ApiError}
 */
export async function call(method, path, body) {
  const { response, content } = await exchange(method, path, body);
  if (response.ok) return content;
  const sentences = [content?.detail, response.status === 429 && waitingTime(response)];
  throw new ApiError(response.status, sentences.filter(Boolean).join(' '), content?.errors);
}

/**
 * Gets something, however long the server is away.
 * @param {string} path
 * @param {(yes: boolean) => void} connected told after each attempt whether there was an answer
 * @throws {ApiError} when the answer is a refusal
 */
export async function getUntilAnswered(path, connected) {
  for (let failures = 0; ; failures += 1) {
    try {
      const content = await call('GET', path);
      connected(true);
      retryNow();
      return content;
    } catch (error) {
      if (!error.outcomeUnknown) throw error;
      connected(false);
      await backoff(failures);
    }
  }
}

async function exchange(method, path, body) {
  const options = {
    method,
    headers: { 'X-Page-Id': PAGE_ID, ...(body && { 'Content-Type': 'application/json' }) },
    body: body && JSON.stringify(body),
    keepalive: method !== 'GET', // a write under way outlives the page
    signal: AbortSignal.timeout(TIMEOUT),
  };
  try {
    const response = await fetch(path, options);
    const text = await response.text();
    return { response, content: text ? JSON.parse(text) : null };
  } catch {
    // No connection, too slow, or an answer that is not the service's, such as a proxy's page.
    throw new ApiError(0, 'The server did not answer.');
  }
}

function waitingTime(response) {
  const seconds = Number(response.headers.get('Retry-After'));
  const [number, unit] = seconds < 60 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return `Try again in ${number} ${unit}${number === 1 ? '' : 's'}.`;
}
