/** Fetches the list again when told that it may have changed. */

import { TODOS } from './writes.js';

/** @typedef {import('./request-queue.js').Request} Request */

export class Refresher {
  /** @type {Request} */ #latest;

  /**
   * @param {typeof import('./api.js')} api
   * @param {import('./request-queue.js').RequestQueue} requests
   * @param {{fetched: (todos: object[]) => void, failed: (error: Error) => void,
   *   connected: (isConnected: boolean) => void}} listener
   */
  constructor(api, requests, listener) {
    this.api = api;
    this.requests = requests;
    this.listener = listener;
  }

  /**
   * Fetches the list in its turn. Calls are coalesced while a fetch waits for its turn, but not
   * once it has been sent: its answer may be older than the change.
   */
  refresh() {
    if (this.requests.isWaiting(this.#latest)) return;
    const { fetched, failed } = this.listener;
    this.#latest = { send: this.#fetch, accept: fetched, refuse: failed };
    this.requests.add(this.#latest);
  }

  /** A single failure is not reported as a lost connection: the first retry follows at once. */
  #fetch = async () => {
    try {
      return await this.api.call('GET', TODOS);
    } catch (error) {
      if (!error.outcomeUnknown) throw error;
      return this.api.getUntilAnswered(TODOS, this.listener.connected);
    }
  };
}
