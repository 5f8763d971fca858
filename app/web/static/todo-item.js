/** One todo on the page: its row, its editing, and what a person does to it. */

import { remove, update } from './changes.js';
import { validationError, showValidationError } from './fields.js';

/** @typedef {import('./changes.js').Todo} Todo */

const DOUBLE_TAP = 400; // milliseconds
const template = /** @type {HTMLTemplateElement} */ (document.getElementById('todo-item'));

export class TodoItem {
  #todo;
  #change;
  #lastTap = -Infinity;
  editing = false;

  /**
   * @param {Todo} todo
   * @param {(change: import('./changes.js').Change) => void} change takes the person's changes
   */
  constructor(todo, change) {
    this.#change = change;
    this.element = template.content.cloneNode(true).firstElementChild;
    const [toggle, title, overdue, due, destroy, edit, fault] = [
      '.toggle', 'label', '.overdue', '.due input', '.destroy', '.edit', '.fault',
    ].map((selector) => this.element.querySelector(selector));
    this.parts = { toggle, title, overdue, due, destroy, edit, fault };
    this.#nameParts(todo.key);
    this.#listen();
    this.show(todo);
  }

  /** Shows the todo as it now is, leaving alone what is being typed. @param {Todo} todo */
  show(todo) {
    const { toggle, title, overdue, due } = this.parts;
    this.#todo = todo;
    toggle.checked = todo.completed;
    if (title.textContent !== todo.title) title.textContent = todo.title;
    overdue.textContent = todo.overdue && !todo.completed ? 'Overdue' : '';
    if (due !== document.activeElement) due.value = due.defaultValue = todo.due ?? '';
    this.element.toggleAttribute('data-due', Boolean(todo.due));
    this.#showState();
  }

  /** Ends the editing and saves; an empty title deletes, a faulty one stays to be mended. */
  save() {
    if (!this.editing) return;
    const { edit } = this.parts;
    const title = edit.value.trim();
    if (title && showValidationError(edit, validationError(edit))) return;
    this.#stopEditing();
    if (!title) this.#change(remove(this.#todo));
    // Compared with what it was at first: meanwhile it may have been changed elsewhere.
    else if (title !== edit.defaultValue) this.#update({ title });
  }

  #nameParts(key) {
    const { toggle, title, due, destroy, edit, fault } = this.parts;
    title.id = `title-${key}`;
    edit.id = `edit-${key}`;
    fault.id = `edit-${key}-error`;
    edit.setAttribute('aria-describedby', fault.id);
    for (const part of [toggle, due, destroy]) part.setAttribute('aria-describedby', title.id);
  }

  #listen() {
    const { toggle, due, destroy, edit } = this.parts;
    toggle.addEventListener('change', () => this.#update({ completed: toggle.checked }));
    destroy.addEventListener('click', () => this.#change(remove(this.#todo)));
    due.addEventListener('change', () => this.#saveDue());
    due.addEventListener('blur', () => this.#leaveDue());
    due.addEventListener('click', () => due.value || due.showPicker()); // empty, it is an icon
    edit.addEventListener('keydown', (event) => this.#endByKey(event));
    edit.addEventListener('blur', () => this.save());
    this.#listenForEditing();
  }

  #update(fields) {
    this.#change(update(this.#todo, fields));
  }

  /** Saves a whole date or none; `defaultValue` is what was shown or saved last. */
  #saveDue() {
    const { due } = this.parts;
    if (!due.validity.valid || due.value === due.defaultValue) return;
    due.defaultValue = due.value;
    this.#update({ due: due.value || null });
  }

  /** A date emptied part by part sends no event for its last part. */
  #leaveDue() {
    this.#saveDue();
    this.show(this.#todo);
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
    const { edit } = this.parts;
    const onControl = event.type !== 'keydown' && event.target.closest('input, button');
    if (this.editing || onControl) return;
    this.editing = true;
    edit.value = edit.defaultValue = this.#todo.title;
    this.#showState();
    edit.focus();
  }

  #endByKey(event) {
    if (event.isComposing) return; // this Enter belongs to an input method
    if (event.key === 'Enter') this.save();
    if (event.key === 'Escape') this.#stopEditing();
    if (!this.editing) this.element.focus();
  }

  #stopEditing() {
    this.editing = false;
    showValidationError(this.parts.edit, '');
    this.#showState();
  }

  #showState() {
    const states = [this.#todo.completed && 'completed', this.editing && 'editing'];
    this.element.className = states.filter(Boolean).join(' ');
  }
}
