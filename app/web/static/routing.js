/** The address selects the todos that are shown: #/, #/active or #/completed. */

/** @typedef {import('./writes.js').Todo} Todo */

const FILTERS = {
  '#/': { shows: () => true, empty: 'Nothing to do yet. Write down the first thing.' },
  '#/active': { shows: (todo) => !todo.completed, empty: 'Nothing left to do.' },
  '#/completed': { shows: (todo) => todo.completed, empty: 'Nothing completed yet.' },
};

/** The route that shows all todos. */
export const ALL = '#/';

/** @returns {string} the current route; an unknown address means all todos */
export function currentRoute() {
  return location.hash in FILTERS ? location.hash : ALL;
}

/** @returns {{shows: (todo: Todo) => boolean, empty: string}} */
export function currentFilter() {
  return FILTERS[currentRoute()];
}
