/** The list with its filters, counter and bulk buttons. Rows are updated, not rebuilt. */

import { ALL, currentFilter, currentRoute } from './routing.js';
import { TodoItem } from './todo-item.js';
import { clearCompleted, markAll } from './writes.js';

/** @typedef {import('./writes.js').Todo} Todo */

export class TodoListView {
  /** @type {Map<string, TodoItem>} */ #items = new Map();
  #scheduled = false;

  /**
   * @param {HTMLElement} root
   * @param {import('./todo-store.js').TodoStore} store
   */
  constructor(root, store) {
    const find = (selector) => root.querySelector(selector);
    this.store = store;
    this.newTodo = find('.new-todo');
    this.main = find('.main');
    this.toggleAll = find('.toggle-all');
    this.list = find('.todo-list');
    this.empty = find('.empty');
    this.footer = find('.footer');
    this.count = find('.todo-count');
    this.links = [...root.querySelectorAll('.filters a')];
    this.clear = find('.clear-completed');
    this.toggleAll.addEventListener('change', () => store.add(markAll(this.toggleAll.checked)));
    this.clear.addEventListener('click', () => store.add(clearCompleted()));
    addEventListener('hashchange', () => this.render());
  }

  /** Renders once, after the current task. */
  scheduleRender() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => this.render());
  }

  /** Shows the todos that match the filter. */
  render() {
    this.#scheduled = false;
    const { todos } = this.store;
    const { shows } = currentFilter();
    const shown = todos.filter((todo) => shows(todo) || this.#items.get(todo.key)?.editing);
    this.#keepingFocus(() => {
      this.#place(shown);
      this.#showControls(todos, shown);
    });
  }

  /** Shows and focuses one todo. @param {Todo} todo */
  reveal(todo) {
    if (!currentFilter().shows(todo)) location.hash = ALL;
    this.render();
    const found = this.store.todos.find(({ id }) => id === todo.id);
    if (!found) return; // it was deleted in the meantime
    const { element } = this.#items.get(found.key);
    element.dataset.picked = '';
    element.addEventListener('blur', () => delete element.dataset.picked, { once: true });
    element.focus();
  }

  #place(todos) {
    const rows = todos.map((todo) => this.#itemFor(todo).element);
    this.#removeOthers(new Set(todos.map(({ key }) => key)));
    const focused = document.activeElement.closest('.todo-list > li');
    let next = this.list.firstElementChild;
    for (const row of rows) {
      // An element loses the focus when it is moved, so the others move around the focused row.
      if (row === next || row === focused) next = row.nextElementSibling;
      else this.list.insertBefore(row, next);
    }
  }

  #itemFor(todo) {
    const item = this.#items.get(todo.key) ?? new TodoItem(todo, (write) => this.store.add(write));
    this.#items.set(todo.key, item);
    item.show(todo);
    return item;
  }

  #removeOthers(keys) {
    for (const [key, item] of this.#items) {
      if (keys.has(key)) continue;
      item.save(); // if it was being edited, the person is told that the text could not be saved
      item.element.remove();
      this.#items.delete(key);
    }
  }

  #showControls(todos, shown) {
    const open = todos.filter((todo) => !todo.completed).length;
    this.main.hidden = todos.length === 0;
    this.footer.hidden = todos.length === 0;
    this.toggleAll.checked = open === 0;
    this.clear.hidden = open === todos.length;
    this.empty.textContent = shown.length ? '' : currentFilter().empty;
    this.#showCount(open);
    this.#showRoute();
  }

  #showCount(open) {
    const number = document.createElement('strong');
    number.textContent = String(open);
    this.count.replaceChildren(number, open === 1 ? ' item left' : ' items left');
  }

  #showRoute() {
    for (const link of this.links) {
      const selected = link.hash === currentRoute();
      link.className = selected ? 'selected' : '';
      if (selected) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  }

  /** If the focused element disappears, the row at its place gets the focus. */
  #keepingFocus(draw) {
    const focused = document.activeElement;
    const index = [...this.list.children].indexOf(focused.closest('li'));
    draw();
    if (focused.isConnected && !focused.closest('[hidden]')) return;
    const row = this.list.children[index] ?? this.list.lastElementChild;
    (row?.querySelector('.toggle') ?? this.newTodo).focus();
  }
}
