/**
 * The todos as the person sees them: the list as the server last reported it, with the pending
 * writes applied to it. Requests are sent one at a time, so that a fetched list contains every
 * write that was answered before it.
 */

import { ConfirmedTodos } from './confirmed-todos.js';
import { Refresher } from './refresher.js';
import { RequestQueue } from './request-queue.js';
import { WriteQueue } from './write-queue.js';
import { TODOS } from './writes.js';

/** @typedef {import('./writes.js').Todo} Todo */
/** @typedef {import('./writes.js').Write} Write */

export class TodoStore {
  #confirmed = new ConfirmedTodos();
  #requests;
  #refresher;
  #writes;

  /**
   * @param {typeof import('./api.js')} api
   * @param {object} listener
   * @param {() => void} listener.changed called when there is something new to show
   * @param {(write: Write, error: Error) => void} listener.refused called after an undone write
   * @param {(error: Error) => void} listener.failed called after a read that failed
   * @param {() => void} listener.sessionEnded
   * @param {(isConnected: boolean) => void} listener.connected
   */
  constructor(api, listener) {
    const refused = (write, error) => this.#onRefused(write, error);
    this.api = api;
    this.listener = listener;
    this.#requests = new RequestQueue(listener.sessionEnded);
    this.#refresher = new Refresher(api, this.#requests, { ...listener, fetched: this.#replace });
    this.#writes = new WriteQueue(api, this.#requests, this.#confirmed, { ...listener, refused });
  }

  /** @returns {Todo[]} */
  get todos() {
    return this.#writes.applyTo(this.#confirmed.todos);
  }

  get hasUnsaved() {
    return !this.#writes.isEmpty;
  }

  /** Shows the list fetched after a sign-in, then sends what waited. @param {object[]} todos */
  load(todos) {
    this.#replace(todos);
    this.#requests.start();
  }

  /** Shows a write at once and sends it in its turn. @param {Write} write */
  add(write) {
    this.#writes.add(write);
    this.listener.changed();
  }

  /** Fetches the list again; pending writes stay applied to it. */
  refresh() {
    this.#refresher.refresh();
  }

  /** Fetches one open todo, chosen at random by the server. @param {(todo: Todo) => void} picked */
  pick(picked) {
    this.#requests.add({
      send: () => this.api.call('GET', `${TODOS}/pick`),
      accept: (todo) => {
        this.#confirmed.put(todo);
        this.listener.changed();
        picked(todo);
      },
      refuse: this.listener.failed,
    });
  }

  /** Resolves when every write has been answered, or the session has ended. */
  async idle() {
    if (this.hasUnsaved) await this.#requests.idle();
  }

  /** Removes everything, because another person is about to use the page. */
  clear() {
    this.#requests.clear();
    this.#writes.clear();
    this.#confirmed.clear();
    this.listener.changed();
  }

  /** The refusal shows that the list on the server may differ from the one on this page. */
  #onRefused(write, error) {
    this.listener.refused(write, error);
    this.refresh();
  }

  #replace = (todos) => {
    this.#confirmed.replace(todos);
    this.listener.changed();
  };
}
