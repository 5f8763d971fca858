/** Sends requests to the service: JSON in, JSON out, and one class for every kind of failure. */

import { backoff, retryNow } from './retry.js';

const TIMEOUT = 15_000; // milliseconds

/** Returns a unique name. (crypto.randomUUID is available under https only.) */
export const randomName = () => crypto.getRandomValues(new Uint32Array(2)).join('-');

/** Tells the service which of a person's open pages makes a change. */
export const PAGE_ID = randomName();

/** A request that failed. Its message is a sentence that can be shown to the person. */
export class ApiError extends Error {
  /**
   * @param {number} status the HTTP status, or 0 if there was no usable answer
   * @param {string} detail
   * @param {{pointer: string, detail: string}[]} errors one for each invalid field
   */
  constructor(status, detail, errors = []) {
    super(detail);
    this.status = status;
    this.errors = errors;
  }

  /** Whether a write may have been carried out although it failed. */
  get outcomeUnknown() {
    return this.status === 0 || this.status >= 500;
  }

  /** @param {string} field @returns {string} its validation error, or '' */
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
  const sentences = [content?.detail, response.status === 429 && retryAfter(response)];
  throw new ApiError(response.status, sentences.filter(Boolean).join(' '), content?.errors);
}

/**
 * Sends a GET request, and retries with backoff until the server answers.
 * @param {string} path
 * @param {(isConnected: boolean) => void} connected called after each attempt
 * @throws {ApiError} if the server refuses the request
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
    keepalive: method !== 'GET', // a write continues after the page is closed
    signal: AbortSignal.timeout(TIMEOUT),
  };
  try {
    const response = await fetch(path, options);
    const text = await response.text();
    return { response, content: text ? JSON.parse(text) : null };
  } catch {
    // No connection, a timeout, or an answer that is not JSON, such as the error page of a proxy.
    throw new ApiError(0, 'The server did not answer.');
  }
}

function retryAfter(response) {
  const seconds = Number(response.headers.get('Retry-After'));
  const [number, unit] = seconds < 60 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return `Try again in ${number} ${unit}${number === 1 ? '' : 's'}.`;
}
