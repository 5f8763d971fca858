/**
 * Sends requests one at a time, in the order in which they were added, once it is started. An
 * answer of status 401 stops the queue: the session has ended, and what waits is sent after the
 * next sign-in.
 */

import { ApiError } from './api.js';

/**
 * @typedef {object} Request
 * @property {() => Promise<any>} send
 * @property {(answer: any) => void} accept called with the answer
 * @property {(error: ApiError) => void} refuse called if the request fails
 */

export class RequestQueue {
  /** @type {Request[]} */ #waiting = [];
  /** @type {?Request} */ #current = null;
  /** @type {?Promise<void>} */ #running = null;
  #isStopped = true;

  /** @param {() => void} sessionEnded called when the queue stops because of a 401 */
  constructor(sessionEnded) {
    this.sessionEnded = sessionEnded;
  }

  /** @param {Request} request */
  add(request) {
    this.#waiting.push(request);
    this.#run();
  }

  /** @param {Request[]} requests that are no longer needed */
  remove(requests) {
    this.#waiting = this.#waiting.filter((request) => !requests.includes(request));
  }

  /** Stops, removes every request, and ignores the outcome of the one that was sent. */
  clear() {
    this.#isStopped = true;
    this.#waiting = [];
    this.#current = null;
  }

  /** A request that has been sent no longer waits. @param {Request} request */
  isWaiting(request) {
    return this.#waiting.includes(request);
  }

  /** Sends what waits, and from now on each request that is added. */
  start() {
    this.#isStopped = false;
    this.#run();
  }

  /** Resolves when no request is left to send, or the queue has stopped. */
  async idle() {
    await this.#running;
  }

  #run() {
    if (this.#isStopped || this.#running || !this.#waiting.length) return;
    this.#running = this.#sendAll();
  }

  async #sendAll() {
    try {
      while (!this.#isStopped && this.#waiting.length) await this.#send(this.#waiting.shift());
    } catch (error) {
      if (error.status !== 401) throw error;
      this.#isStopped = true;
      this.sessionEnded();
    } finally {
      this.#current = null;
      this.#running = null;
    }
  }

  async #send(request) {
    this.#current = request;
    try {
      const answer = await request.send();
      if (this.#current === request) request.accept(answer);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (this.#current === request) this.#fail(request, error);
    }
  }

  #fail(request, error) {
    if (error.status !== 401) return request.refuse(error);
    this.#waiting.unshift(request);
    throw error;
  }
}
