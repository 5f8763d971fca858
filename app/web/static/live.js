/**
 * Live updates: learns over a WebSocket, which reconnects by itself, that the todos were changed on
 * another page. The page also works where no WebSocket can connect; then it keeps trying silently.
 */

import { PAGE_ID } from './api.js';
import { backoff, retryNow } from './retry.js';

const MAX_INITIAL_WAIT = 1_000; // milliseconds for which the first fetch waits for the WebSocket
const CONNECT_TIMEOUT = 10_000; // milliseconds
const STABLE_AFTER = 10_000; // milliseconds: a connection that lasts this long resets the backoff
const SESSION_ENDED = 4401; // the close code that the service sends

/** Opens the WebSocket on which the service reports the changes of other pages. */
export function openSocket() {
  const site = location.origin.replace('http', 'ws');
  return new WebSocket(`${site}/api/live?page=${PAGE_ID}`);
}

export class LiveUpdates {
  #socket = null;
  #openedAt = null;
  #hasConnected = false; // only a connection that once worked can be lost
  #failures = 0;
  #isInitialFetchDue = false;

  /**
   * @param {() => WebSocket} open
   * @param {() => void} changed called when the list may have changed
   */
  constructor(open, changed) {
    this.open = open;
    this.changed = changed;
  }

  /** Connects, and resolves when the list can be fetched without missing a later change. */
  async start() {
    this.stop();
    this.#failures = 0;
    this.#isInitialFetchDue = true;
    await new Promise((resolve) => {
      this.#connect();
      for (const outcome of ['open', 'close']) this.#socket.addEventListener(outcome, resolve);
      setTimeout(resolve, MAX_INITIAL_WAIT);
    });
    this.#isInitialFetchDue = false;
  }

  /** Disconnects for good. */
  stop() {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #connect() {
    const socket = this.open();
    this.#socket = socket;
    this.#openedAt = null;
    socket.addEventListener('open', (event) => this.#onOpen(event));
    socket.addEventListener('message', (event) => this.#onMessage(event));
    socket.addEventListener('close', (event) => {
      if (socket === this.#socket) this.#reconnect(event);
    });
    setTimeout(() => socket.readyState === socket.CONNECTING && socket.close(), CONNECT_TIMEOUT);
  }

  #onOpen({ timeStamp }) {
    this.#openedAt = timeStamp;
    this.#hasConnected = true;
    retryNow();
    if (!this.#isInitialFetchDue) this.changed(); // there may have been changes in the meantime
  }

  /** The page shows its own changes already. */
  #onMessage({ data }) {
    retryNow();
    if (JSON.parse(data).changed_by !== PAGE_ID) this.changed();
  }

  async #reconnect({ code, timeStamp }) {
    const socket = this.#socket;
    const wasOpen = this.#openedAt !== null;
    if (wasOpen && timeStamp - this.#openedAt > STABLE_AFTER) this.#failures = 0;
    // A browser does not report why a WebSocket could not connect. An HTTP request shows whether
    // the service is down or the session has ended; if only WebSockets fail, it fetches the list.
    if (code === SESSION_ENDED || (this.#hasConnected && !wasOpen)) this.changed();
    await backoff(this.#failures);
    this.#failures += 1;
    if (socket === this.#socket) this.#connect();
  }
}
