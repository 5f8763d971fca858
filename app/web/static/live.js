/**
 * Hears of the changes that the person's other pages make, over a WebSocket that mends itself.
 * Where none gets through, the page works without one, and goes on trying quietly.
 */

import { PAGE_ID } from './api.js';
import { backoff, retryNow } from './retry.js';

const SOON = 1_000; // milliseconds for which the first list waits
const TIMEOUT = 10_000; // milliseconds until an attempt to connect is given up
const STEADY = 10_000; // milliseconds: a connection that lasted so long makes up for failures
const SIGN_IN_AGAIN = 4401; // the close code for a session that is over

export class LiveUpdates {
  #socket = null;
  #openedAt = null;
  #hasWorked = false; // what never was there cannot be lost
  #failures = 0;
  #listIsFetched = false;

  /** @param {() => void} changed told when the list may have changed elsewhere */
  constructor(changed) {
    this.changed = changed;
  }

  /** Connects; resolves when the list may be fetched, so that no change falls in between. */
  async start() {
    this.stop();
    this.#failures = 0;
    this.#listIsFetched = false;
    await new Promise((resolve) => {
      this.#connect();
      for (const outcome of ['open', 'close']) this.#socket.addEventListener(outcome, resolve);
      setTimeout(resolve, SOON);
    });
    this.#listIsFetched = true;
  }

  /** Hears no more. */
  stop() {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #connect() {
    const site = location.origin.replace('http', 'ws');
    const socket = new WebSocket(`${site}/api/live?page=${PAGE_ID}`);
    this.#socket = socket;
    this.#openedAt = null;
    socket.addEventListener('open', (event) => this.#onOpen(event));
    socket.addEventListener('message', (event) => this.#onMessage(event));
    socket.addEventListener('close', (event) => {
      if (socket === this.#socket) this.#mend(event);
    });
    setTimeout(() => socket.readyState === WebSocket.CONNECTING && socket.close(), TIMEOUT);
  }

  #onOpen({ timeStamp }) {
    this.#openedAt = timeStamp;
    this.#hasWorked = true;
    retryNow();
    if (this.#listIsFetched) this.changed();
  }

  /** This page knows its own changes already. */
  #onMessage({ data }) {
    retryNow();
    if (JSON.parse(data).changed_by !== PAGE_ID) this.changed();
  }

  async #mend({ code, timeStamp }) {
    const socket = this.#socket;
    const wasOpen = this.#openedAt !== null;
    if (wasOpen && timeStamp - this.#openedAt > STEADY) this.#failures = 0;
    // A browser does not say why it could not connect. The next request will: the service is away,
    // or the session is over, or only this way is closed, and then the list is fetched this way.
    if (code === SIGN_IN_AGAIN || (this.#hasWorked && !wasOpen)) this.changed();
    await backoff(this.#failures);
    this.#failures += 1;
    if (socket === this.#socket) this.#connect();
  }
}
