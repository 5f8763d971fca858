/**
 * The todos as the server last reported them, each with the key that names it on this page. A todo
 * created here keeps the key that it had before it had an id, so its row stays the same row.
 */

/** @typedef {import('./writes.js').Todo} Todo */
/** @typedef {import('./writes.js').Write} Write */

const byOrder = (a, b) => a.order - b.order || a.id - b.id;

export class ConfirmedTodos {
  /** @type {Todo[]} */ todos = [];
  /** @type {Map<number, string>} */ #keys = new Map(); // by id, of the todos created here

  /** @returns {Set<number>} */
  get ids() {
    return new Set(this.todos.map(({ id }) => id));
  }

  /** @param {string} key @returns {number|undefined} */
  idFor(key) {
    return this.todos.find((todo) => todo.key === key)?.id;
  }

  /** Gives a todo that was created here its key. @param {number} id @param {string} key */
  setKey(id, key) {
    this.#keys.set(id, key);
  }

  /** @param {object[]} todos the whole list, as fetched */
  replace(todos) {
    this.todos = this.withKeys(todos);
  }

  /** @param {object} todo one todo, as it is on the server @param {string} [key] its new key */
  put(todo, key) {
    if (key) this.setKey(todo.id, key);
    const others = this.todos.filter(({ id }) => id !== todo.id);
    this.todos = [...others, ...this.withKeys([todo])].sort(byOrder);
  }

  /** @param {Write} write that was carried out and answered with no content */
  apply(write) {
    this.todos = write.apply(this.todos);
  }

  /** @param {object[]} todos as fetched @returns {Todo[]} */
  withKeys(todos) {
    return todos.map((todo) => ({ ...todo, key: this.#keys.get(todo.id) ?? String(todo.id) }));
  }

  clear() {
    this.todos = [];
    this.#keys.clear();
  }
}
