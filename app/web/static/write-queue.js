/**
 * Optimistic writes: the list shows them at once, and the queue sends them one at a time. So quick
 * writes keep their order, a write to a todo waits until the todo has an id, and a refused write is
 * undone by leaving it out.
 */

import { ApiError } from './api.js';
import { isCarriedOut, TODOS } from './writes.js';

/** @typedef {import('./writes.js').Todo} Todo */
/** @typedef {import('./writes.js').Write} Write */
/** @typedef {import('./request-queue.js').Request & {write: Write}} PendingWrite */

export class WriteQueue {
  /** @type {PendingWrite[]} */ #pending = [];
  /** @type {?{write: Write, error: ApiError, knownIds: Set<number>}} */ #unknownOutcome = null;

  /**
   * @param {typeof import('./api.js')} api
   * @param {import('./request-queue.js').RequestQueue} requests
   * @param {import('./confirmed-todos.js').ConfirmedTodos} confirmed
   * @param {{changed: () => void, refused: (write: Write, error: ApiError) => void,
   *   connected: (isConnected: boolean) => void}} listener
   */
  constructor(api, requests, confirmed, listener) {
    this.api = api;
    this.requests = requests;
    this.confirmed = confirmed;
    this.listener = listener;
  }

  get isEmpty() {
    return this.#pending.length === 0;
  }

  /** @param {Todo[]} todos @returns {Todo[]} the list as it looks with every pending write */
  applyTo(todos) {
    return this.#pending.reduce((list, { write }) => write.apply(list), todos);
  }

  /** @param {Write} write */
  add(write) {
    const pending = {
      write,
      send: () => this.#send(write),
      accept: (answer) => this.#accept(pending, answer),
      refuse: (error) => this.#refuse(pending, error),
    };
    this.#pending.push(pending);
    this.requests.add(pending);
  }

  clear() {
    this.#pending = [];
    this.#unknownOutcome = null;
  }

  /** A write whose outcome is unknown is not sent again, not even after the next sign-in. */
  async #send(write) {
    if (this.#unknownOutcome?.write !== write) {
      try {
        return await write.send(this.api.call, this.#idFor(write));
      } catch (error) {
        if (!error.outcomeUnknown) throw error;
        this.#unknownOutcome = { write, error, knownIds: this.confirmed.ids };
      }
    }
    return this.#lookUpOutcome(this.#unknownOutcome);
  }

  #idFor({ key, creates }) {
    const id = this.confirmed.idFor(key);
    if (key && !creates && !id) throw new ApiError(404, 'It was deleted elsewhere.');
    return id;
  }

  /** A list fetched after the failure shows whether the write was carried out. */
  async #lookUpOutcome({ write, error, knownIds }) {
    const fresh = await this.api.getUntilAnswered(TODOS, this.listener.connected);
    const isCreated = ({ id, title }) => !knownIds.has(id) && title === write.title;
    const created = write.creates && fresh.find(isCreated);
    if (created) this.confirmed.setKey(created.id, write.key);
    if (created || isCarriedOut(write, this.confirmed.withKeys(fresh))) return fresh;
    throw error;
  }

  /** The answer is the whole list, one todo, or no content. */
  #accept(pending, answer) {
    const { write } = pending;
    this.#remove([pending]);
    if (answer === null) this.confirmed.apply(write);
    else if (Array.isArray(answer)) this.confirmed.replace(answer);
    else this.confirmed.put(answer, write.creates ? write.key : undefined);
    this.listener.changed();
  }

  /** If a todo could not be created, the later writes to it are dropped too. */
  #refuse(pending, error) {
    const { write } = pending;
    const dropped = this.#pending.filter(
      (other) => other === pending || (write.creates && other.write.key === write.key),
    );
    this.#remove(dropped);
    this.listener.refused({ ...write, title: dropped.at(-1).write.title }, error);
    this.listener.changed();
  }

  #remove(requests) {
    this.#pending = this.#pending.filter((pending) => !requests.includes(pending));
    this.requests.remove(requests);
  }
}
