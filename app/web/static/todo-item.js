/** The row of one todo: shows it, edits it, and turns what the person does into writes. */

import { cleanTitle, showValidationError, validationError } from './fields.js';
import { remove, update } from './writes.js';

/** @typedef {import('./writes.js').Todo} Todo */

const DOUBLE_TAP = 400; // milliseconds
const template = /** @type {HTMLTemplateElement} */ (document.getElementById('todo-item'));
// A date field takes longer to create than the rest of a row, so a row has a plain one until it
// comes near the visible part of the page.
template.content.querySelector('.due input').type = 'text';
const approaching = new IntersectionObserver(completeRows, { rootMargin: '100%' });

export class TodoItem {
  #todo;
  #write;
  #lastTap = -Infinity;
  editing = false;

  /**
   * @param {Todo} todo
   * @param {(write: import('./writes.js').Write) => void} write
   */
  constructor(todo, write) {
    this.#write = write;
    this.element = template.content.cloneNode(true).firstElementChild;
    const [toggle, title, overdue, due, destroy, edit, error] = [
      '.toggle', 'label', '.overdue', '.due input', '.destroy', '.edit', '.error',
    ].map((selector) => this.element.querySelector(selector));
    this.elements = { toggle, title, overdue, due, destroy, edit, error };
    this.#setIds(todo.key);
    this.#listen();
    this.show(todo);
    approaching.observe(this.element);
  }

  /** Updates the row, except for what is being typed. @param {Todo} todo */
  show(todo) {
    if (todo === this.#todo) return;
    const { toggle, title, overdue, due } = this.elements;
    this.#todo = todo;
    set(toggle, 'checked', todo.completed);
    set(title, 'textContent', todo.title);
    set(overdue, 'textContent', todo.overdue && !todo.completed ? 'Overdue' : '');
    if (todo.due) set(this.element.dataset, 'due', todo.due);
    else delete this.element.dataset.due;
    if (due !== document.activeElement) this.#showDue();
    this.#showState();
  }

  /** Ends editing and saves; an empty title deletes the todo, an invalid one stays in the box. */
  save() {
    if (!this.editing) return;
    const { edit } = this.elements;
    const title = (edit.value = cleanTitle(edit.value));
    if (title && showValidationError(edit, validationError(edit))) return;
    this.#stopEditing();
    if (!title) this.#write(remove(this.#todo));
    // Compare with the title at the start: the todo may have been changed elsewhere since.
    else if (title !== edit.defaultValue) this.#update({ title });
  }

  #showDue() {
    const { due } = this.elements;
    set(due, 'defaultValue', this.#todo.due ?? '');
    set(due, 'value', due.defaultValue);
  }

  #setIds(key) {
    const { toggle, title, due, destroy, edit, error } = this.elements;
    title.id = `title-${key}`;
    edit.id = `edit-${key}`;
    error.id = `edit-${key}-error`;
    edit.setAttribute('aria-describedby', error.id);
    for (const control of [toggle, due, destroy]) {
      control.setAttribute('aria-describedby', title.id);
    }
  }

  #listen() {
    const { toggle, due, destroy, edit } = this.elements;
    toggle.addEventListener('change', () => this.#update({ completed: toggle.checked }));
    destroy.addEventListener('click', () => this.#write(remove(this.#todo)));
    due.addEventListener('change', () => this.#saveDue());
    due.addEventListener('blur', () => this.#leaveDue());
    due.addEventListener('click', () => due.value || due.showPicker()); // empty, it is an icon
    edit.addEventListener('keydown', (event) => this.#onEditKey(event));
    edit.addEventListener('blur', () => this.save());
    this.#listenForEditing();
  }

  #update(fields) {
    this.#write(update(this.#todo, fields));
  }

  /** Saves a complete date or none; `defaultValue` is the date that was last shown or saved. */
  #saveDue() {
    const { due } = this.elements;
    if (!due.validity.valid || due.value === due.defaultValue) return;
    due.defaultValue = due.value;
    this.#update({ due: due.value || null });
  }

  /** No change event is sent when a date is cleared one part at a time. */
  #leaveDue() {
    this.#saveDue();
    this.#showDue();
  }

  #listenForEditing() {
    this.element.addEventListener('dblclick', (event) => this.#startEditing(event));
    this.element.addEventListener('pointerup', (event) => this.#tap(event));
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'F2') this.#startEditing(event);
    });
  }

  #tap(event) {
    if (event.pointerType !== 'touch') return;
    if (event.timeStamp - this.#lastTap < DOUBLE_TAP) this.#startEditing(event);
    this.#lastTap = event.timeStamp;
  }

  #startEditing(event) {
    const { edit } = this.elements;
    const onControl = event.type !== 'keydown' && event.target.closest('input, button');
    if (this.editing || onControl) return;
    this.editing = true;
    edit.value = edit.defaultValue = this.#todo.title;
    this.#showState();
    edit.focus();
  }

  #onEditKey(event) {
    // Enter confirms the text of an input method. Safari says so by the code 229 alone.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter') this.save();
    if (event.key === 'Escape') this.#stopEditing();
    if (!this.editing) this.element.focus();
  }

  #stopEditing() {
    this.editing = false;
    showValidationError(this.elements.edit, '');
    this.#showState();
  }

  #showState() {
    const states = [this.#todo.completed && 'completed', this.editing && 'editing'];
    set(this.element, 'className', states.filter(Boolean).join(' '));
  }
}

/** Compares first: a browser does not, and would restyle every row of a list fetched again. */
function set(target, name, value) {
  if (target[name] !== value) target[name] = value;
}

function completeRows(entries) {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    target.querySelector('.due input').type = 'date';
    approaching.unobserve(target);
  }
}
