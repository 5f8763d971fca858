/** The list with its filters, counter and bulk buttons. Rows are kept, not rebuilt. */

import { clearCompleted, markAll } from './changes.js';
import { ALL, currentFilter, currentRoute } from './routing.js';
import { TodoItem } from './todo-item.js';

/** @typedef {import('./changes.js').Todo} Todo */

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

  /** Renders once after everything that happens now. */
  scheduleRender() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => this.render());
  }

  /** Shows the todos of the store that the filter lets through. */
  render() {
    this.#scheduled = false;
    const { todos } = this.store;
    const shown = todos.filter((todo) => this.#isShown(todo));
    this.#keepingFocus(() => {
      this.#place(shown);
      this.#showAround(todos, shown);
    });
  }

  /** Brings one todo before the person's eyes and under the keyboard. @param {Todo} todo */
  reveal(todo) {
    if (!currentFilter().shows(todo)) location.hash = ALL;
    this.render();
    const found = this.store.todos.find(({ id }) => id === todo.id);
    if (!found) return; // deleted here meanwhile
    const { element } = this.#items.get(found.key);
    element.dataset.picked = '';
    element.addEventListener('blur', () => delete element.dataset.picked, { once: true });
    element.focus();
  }

  #isShown(todo) {
    return currentFilter().shows(todo) || this.#items.get(todo.key)?.editing;
  }

  #place(todos) {
    const rows = todos.map((todo) => this.#itemFor(todo).element);
    this.#removeAllBut(new Set(todos.map(({ key }) => key)));
    const focused = document.activeElement.closest('.todo-list > li');
    let next = this.list.firstElementChild;
    for (const row of rows) {
      // The row under the keyboard never moves, the others move around it: moving drops focus.
      if (row === next || row === focused) next = row.nextElementSibling;
      else this.list.insertBefore(row, next);
    }
  }

  #itemFor(todo) {
    const item = this.#items.get(todo.key) ?? new TodoItem(todo, (change) => this.store.add(change));
    this.#items.set(todo.key, item);
    item.show(todo);
    return item;
  }

  #removeAllBut(keys) {
    for (const [key, item] of this.#items) {
      if (keys.has(key)) continue;
      item.save(); // deleted elsewhere while being edited: the text must not vanish with it
      item.element.remove();
      this.#items.delete(key);
    }
  }

  #showAround(todos, shown) {
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

  /** When what had the focus goes away, its neighbour gets it. */
  #keepingFocus(draw) {
    const focused = document.activeElement;
    const index = [...this.list.children].indexOf(focused.closest('li'));
    draw();
    if (focused.isConnected && !focused.closest('[hidden]')) return;
    const row = this.list.children[index] ?? this.list.lastElementChild;
    (row?.querySelector('.toggle') ?? this.newTodo).focus();
  }
}
