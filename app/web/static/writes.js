/**
 * The writes that a person can make. Each says how the list looks with it, how it is sent, and how
 * the message begins if it fails. The queue in write-queue.js processes them.
 */

import { randomName } from './api.js';

/**
 * @typedef {{key: string, id?: number, title: string, completed: boolean, due: ?string,
 *   overdue: boolean, order?: number}} Todo `key` names it on this page, even before it has an id
 *
 * @typedef {object} Write
 * @property {(todos: Todo[]) => Todo[]} apply returns the list as it looks with the write
 * @property {(call: typeof import('./api.js').call, id?: number) => Promise<any>} send
 * @property {string} failure how the message about a failure begins
 * @property {string} [key] the todo that it is about; absent if it is about the whole list
 * @property {string} [title] the title of that todo, for the message
 * @property {boolean} [creates] whether it creates that todo
 */

export const TODOS = '/api/todos';

/** @param {string} title @returns {Write} */
export function create(title) {
  const key = `new-${randomName()}`;
  const todo = { key, title, completed: false, due: null, overdue: false };
  return {
    key,
    title,
    creates: true,
    apply: (todos) => [...todos, todo],
    send: (call) => call('POST', TODOS, { title }),
    failure: 'Could not add',
  };
}

/** @param {Todo} todo @param {Partial<Todo>} fields @returns {Write} */
export function update(todo, fields) {
  const { key } = todo;
  const keepsDue = (old) => !('due' in fields) || fields.due === old.due;
  const updated = (old) => ({ ...old, ...fields, overdue: old.overdue && keepsDue(old) });
  return {
    key,
    title: fields.title ?? todo.title,
    apply: (todos) => todos.map((old) => (old.key === key ? updated(old) : old)),
    send: (call, id) => call('PATCH', `${TODOS}/${id}`, fields),
    failure: 'Could not change',
  };
}

/** @param {Todo} todo @returns {Write} */
export function remove({ key, title }) {
  return {
    key,
    title,
    apply: (todos) => todos.filter((other) => other.key !== key),
    send: (call, id) => call('DELETE', `${TODOS}/${id}`).catch(acceptNotFound),
    failure: 'Could not delete',
  };
}

/** @param {boolean} completed @returns {Write} */
export function markAll(completed) {
  return {
    apply: (todos) => todos.map((todo) => ({ ...todo, completed })),
    send: (call) => call('PATCH', TODOS, { completed }),
    failure: 'Could not mark all todos.',
  };
}

/** @returns {Write} */
export function clearCompleted() {
  return {
    apply: (todos) => todos.filter((todo) => !todo.completed),
    send: (call) => call('DELETE', `${TODOS}?completed=true`),
    failure: 'Could not clear the completed todos.',
  };
}

/**
 * Compares a write with a list fetched after it: once carried out, it changes nothing any more.
 * This does not work for a creation, which adds a todo each time that it is applied.
 * @param {Write} write
 * @param {Todo[]} todos
 */
export function isCarriedOut(write, todos) {
  return JSON.stringify(write.apply(todos)) === JSON.stringify(todos);
}

/** A todo that was deleted elsewhere first is gone, as the person wanted. */
function acceptNotFound(error) {
  if (error.status !== 404) throw error;
  return null;
}
