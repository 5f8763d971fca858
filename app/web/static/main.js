/** Puts the page together: who is signed in decides what shows. */

import { call } from './api.js';
import { create, pick } from './changes.js';
import { validationError, showValidationError } from './fields.js';
import { LiveUpdates } from './live.js';
import { announce, clearNotices, quote, showConnection, warn } from './notices.js';
import { SignInView } from './sign-in-view.js';
import { TodoListView } from './todo-list-view.js';
import { TodoStore } from './todo-store.js';

const PATIENCE = 5_000; // milliseconds for which signing out waits for changes to be saved
const screens = document.querySelectorAll('.screen');
const failure = document.getElementById('failure');
const newTodo = document.querySelector('.new-todo');
const otherTabs = new BroadcastChannel('session');
let person = null;

const store = new TodoStore({
  changed: () => list.scheduleRender(),
  refused: onRefused,
  sessionEnded: onSessionEnded,
  connected: showConnection,
});
const list = new TodoListView(document.getElementById('todos'), store);
const live = new LiveUpdates(() => store.refresh());
const signIn = new SignInView(document.getElementById('sign-in'), async () => {
  await start();
  tellOtherTabs();
});

function show(name) {
  for (const screen of screens) screen.hidden = screen.id !== name;
}

async function start() {
  show('loading');
  try {
    await enter(await call('GET', '/api/users/me'));
  } catch (error) {
    live.stop();
    if (error.status === 401) showSignIn();
    else showFailure(error);
  }
}

async function enter(user) {
  if (user.id !== person?.id) forget();
  person = user;
  document.querySelector('.person').textContent = user.email;
  await live.start();
  await store.load();
  list.render();
  show('todos');
  newTodo.focus();
}

function showSignIn(details) {
  show('sign-in');
  signIn.reset(details);
}

function showFailure(error) {
  show('failure');
  failure.querySelector('p').textContent = `Your todos could not be loaded. ${error.message}`;
  failure.querySelector('button').focus();
}

/** What was typed stays, unseen, for the same person's return. */
function onSessionEnded() {
  live.stop();
  const note = 'Your session has ended. Sign in again to go on.';
  showSignIn({ note, email: person.email });
}

/** The former person's text and todos are nobody else's business. */
function forget() {
  person = null;
  live.stop();
  store.clear();
  list.render();
  newTodo.value = '';
  showValidationError(newTodo, '');
  clearNotices();
}

/** What was typed stays readable in the message, and goes back into the box if that is empty. */
function onRefused(change, error) {
  if (!change.failure) return announce(error.message);
  if (change.creates && !newTodo.value) putBack(change.title);
  if (change.title) warn(`${change.failure} `, quote(change.title), `. ${error.message}`);
  else warn(`${change.failure} ${error.message}`);
}

function putBack(title) {
  newTodo.value = title;
  if (newTodo === document.activeElement) newTodo.select(); // who is typing on replaces it
}

function onPicked(todo) {
  announce('Picked: ', quote(todo.title));
  list.reveal(todo);
}

async function signOut() {
  show('loading');
  await Promise.race([store.idle(), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  try {
    await call('DELETE', '/api/sessions/current');
  } catch (error) {
    show('todos');
    return warn(`Could not sign out. ${error.message}`);
  }
  forget();
  tellOtherTabs();
  showSignIn();
}

function tellOtherTabs() {
  otherTabs.postMessage(person?.id ?? null);
}

function addTodo(event) {
  event.preventDefault();
  const title = newTodo.value.trim();
  if (!title || showValidationError(newTodo, validationError(newTodo))) return;
  newTodo.value = '';
  store.add(create(title));
}

document.querySelector('.add').addEventListener('submit', addTodo);
newTodo.addEventListener('input', () => showValidationError(newTodo, ''));
document.querySelector('.pick').addEventListener('click', () => store.add(pick(onPicked)));
document.querySelector('.sign-out').addEventListener('click', signOut);
failure.querySelector('button').addEventListener('click', start);
otherTabs.addEventListener('message', ({ data }) => {
  if (data !== (person?.id ?? null)) location.reload();
});
addEventListener('beforeunload', (event) => {
  if (store.hasUnsaved) event.preventDefault();
});
start();
