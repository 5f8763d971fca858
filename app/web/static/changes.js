/**
 * The changes a person can make. Each says how the list looks with it (`apply`), how it is sent,
 * how to tell from a fresh list that it was carried out (`isDone`), and how its refusal begins
 * (`failure`, empty for what only asks).
 *
 * @typedef {{key: string, id?: number, title: string, completed: boolean, due: ?string,
 *   overdue: boolean, order?: number}} Todo `key` names it on this page, even before it has an id
 * @typedef {{apply: (todos: Todo[]) => Todo[], send: (id?: number) => Promise<any>,
 *   isDone: (fresh: Todo[]) => boolean, failure: string, key?: string, title?: string,
 *   creates?: boolean, fetches?: boolean, inDoubt?: Error, knownIds?: Set<number>,
 *   answered?: (answer: any) => void}} Change
 */

import { ApiError, call, randomName } from './api.js';

export const TODOS = '/api/todos';

/** A change that is carried out when it would alter nothing any more. */
function change(fields) {
  const isDone = (fresh) => JSON.stringify(fields.apply(fresh)) === JSON.stringify(fresh);
  return { isDone, ...fields };
}

/** @param {string} title @returns {Change} */
export function create(title) {
  const key = `new-${randomName()}`;
  const todo = { key, title, completed: false, due: null, overdue: false };
  return change({
    key,
    title,
    creates: true,
    apply: (todos) => [...todos, todo],
    send: () => call('POST', TODOS, { title }),
    failure: 'Could not add',
  });
}

/** @param {Todo} todo @param {Partial<Todo>} fields @returns {Change} */
export function update(todo, fields) {
  const keepsDue = (old) => !('due' in fields) || fields.due === old.due;
  const altered = (old) => ({ ...old, ...fields, overdue: old.overdue && keepsDue(old) });
  return change({
    key: todo.key,
    title: fields.title ?? todo.title,
    apply: (todos) => todos.map((old) => (old.key === todo.key ? altered(old) : old)),
    send: (id) => call('PATCH', `${TODOS}/${id}`, fields),
    failure: 'Could not change',
  });
}

/** @param {Todo} todo @returns {Change} */
export function remove(todo) {
  const { key, title } = todo;
  return change({
    key,
    title,
    apply: (todos) => todos.filter((other) => other.key !== key),
    send: (id) => call('DELETE', `${TODOS}/${id}`).catch(acceptGone),
    failure: 'Could not delete',
  });
}

/** @param {boolean} completed @returns {Change} */
export function markAll(completed) {
  return change({
    apply: (todos) => todos.map((todo) => ({ ...todo, completed })),
    send: () => call('PATCH', TODOS, { completed }),
    failure: 'Could not mark all todos.',
  });
}

/** @returns {Change} */
export function clearCompleted() {
  return change({
    apply: (todos) => todos.filter((todo) => !todo.completed),
    send: () => call('DELETE', `${TODOS}?completed=true`),
    failure: 'Could not clear the completed todos.',
  });
}

/** Alters nothing: it waits its turn, so that its answer shows every change before it. */
export function refresh() {
  const send = () => call('GET', TODOS);
  return change({ apply: (todos) => todos, send, fetches: true, failure: '' });
}

/** @param {(todo: Todo) => void} answered @returns {Change} */
export function pick(answered) {
  const send = () => call('GET', `${TODOS}/pick`);
  return { apply: (todos) => todos, send, isDone: () => false, failure: '', answered };
}

/** Somebody deleted it first: that is what was wanted. */
function acceptGone(error) {
  if (!(error instanceof ApiError) || error.status !== 404) throw error;
  return null;
}
