/**
 * The todos as the person sees them: what the server last said, with the changes that it has not
 * yet acknowledged laid over it. Requests go out one at a time, so quick changes keep their order,
 * a change to a todo waits until its creation has given it an id, and undoing a refused change
 * means just leaving it out.
 */

import { ApiError, call, getUntilAnswered } from './api.js';
import { refresh, TODOS } from './changes.js';

/** @typedef {import('./changes.js').Todo} Todo */
/** @typedef {import('./changes.js').Change} Change */

const byOrder = (a, b) => a.order - b.order || a.id - b.id;

export class TodoStore {
  /** @type {Todo[]} */ #confirmed = [];
  /** @type {Change[]} */ #pending = [];
  #keys = new Map(); // id → key of the todos made here: the key they had before their id
  #work = null;

  /**
   * @param {{changed: () => void, refused: (change: Change, error: ApiError) => void,
   *   sessionEnded: () => void, connected: (yes: boolean) => void}} listener
   */
  constructor(listener) {
    this.listener = listener;
  }

  /** @returns {Todo[]} */
  get todos() {
    return this.#pending.reduce((todos, change) => change.apply(todos), this.#confirmed);
  }

  /** Whether a change is still under way; fetching alone is none. */
  get hasUnsaved() {
    return this.#pending.some((change) => change.failure);
  }

  /** Fetches the list for a first time, and goes on with what waited. @throws {ApiError} */
  async load() {
    await this.#work;
    this.#work = call('GET', TODOS).finally(() => (this.#work = null));
    this.#accept(await this.#work);
    this.#start();
  }

  /** Shows a change at once and sends it in its turn. @param {Change} change */
  add(change) {
    this.#pending.push(change);
    this.listener.changed();
    this.#start();
  }

  /** Fetches the list anew, keeping the changes that are still pending. */
  refresh() {
    const waiting = this.#work ? this.#pending.slice(1) : this.#pending;
    if (!waiting.some((change) => change.fetches)) this.add(refresh());
  }

  /** Resolves when no change is under way any more. */
  async idle() {
    if (this.hasUnsaved) await this.#work;
  }

  /** Forgets everything: another person is about to use the page. */
  clear() {
    this.#confirmed = [];
    this.#pending = [];
    this.#keys.clear();
    this.listener.changed();
  }

  #start() {
    if (!this.#work && this.#pending.length) this.#work = this.#sendAll();
  }

  async #sendAll() {
    try {
      while (this.#pending.length) await this.#settle(this.#pending[0]);
    } catch (error) {
      if (error.status !== 401) throw error;
      this.listener.sessionEnded(); // what is pending stays, for the next sign-in
    } finally {
      this.#work = null;
    }
  }

  async #settle(change) {
    try {
      const answer = change.inDoubt ? await this.#clearUp(change) : await this.#send(change);
      if (!this.#pending.includes(change)) return; // another person is at the page by now
      this.#pending = this.#pending.filter((other) => other !== change);
      this.#accept(answer, change);
      change.answered?.(answer);
    } catch (error) {
      if (error instanceof ApiError && !this.#pending.includes(change)) return;
      if (!(error instanceof ApiError) || error.status === 401) throw error;
      if (error.outcomeUnknown && !change.inDoubt) this.#doubt(change, error);
      else this.#refuse(change, error);
    }
  }

  #send(change) {
    const id = this.#confirmed.find((todo) => todo.key === change.key)?.id;
    if (change.key && !change.creates && !id) throw new ApiError(404, 'It was deleted elsewhere.');
    return change.send(id);
  }

  #doubt(change, error) {
    change.inDoubt = error;
    change.knownIds = new Set(this.#confirmed.map(({ id }) => id));
  }

  /** After a failure that leaves the outcome open, a fresh list tells. */
  async #clearUp(change) {
    const fresh = await getUntilAnswered(TODOS, this.listener.connected);
    const isNew = (todo) => !change.knownIds.has(todo.id) && todo.title === change.title;
    const created = change.creates && fresh.find(isNew);
    if (created) this.#keys.set(created.id, change.key);
    if (created || change.isDone(fresh.map(this.#named))) return fresh;
    throw change.inDoubt;
  }

  /** Takes over an answer: the whole list, one todo, or (empty) that the change is carried out. */
  #accept(answer, change) {
    if (answer === null) this.#confirmed = change.apply(this.#confirmed);
    else if (Array.isArray(answer)) this.#confirmed = answer.map(this.#named);
    else this.#acceptOne(answer, change);
    this.listener.changed();
  }

  #acceptOne(todo, change) {
    if (change.creates) this.#keys.set(todo.id, change.key);
    const others = this.#confirmed.filter(({ id }) => id !== todo.id);
    this.#confirmed = [...others, this.#named(todo)].sort(byOrder);
  }

  #named = (todo) => ({ ...todo, key: this.#keys.get(todo.id) ?? String(todo.id) });

  #refuse(change, error) {
    // A todo that was never made takes the later changes to it along.
    const falls = (other) => other === change || (change.creates && other.key === change.key);
    const { title } = this.#pending.findLast(falls);
    this.#pending = this.#pending.filter((other) => !falls(other));
    this.listener.refused({ ...change, title }, error);
    if (change.failure) this.refresh(); // what the server has may differ from what was known
    this.listener.changed();
  }
}
