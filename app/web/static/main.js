/** The entry point: creates the parts of the page and switches between its screens. */

import * as api from './api.js';
import { cleanTitle, showValidationError, validationError } from './fields.js';
import { LiveUpdates, openSocket } from './live.js';
import { announce, clearNotices, quote, showConnection, warn } from './notices.js';
import { retryNow } from './retry.js';
import { SignInView } from './sign-in-view.js';
import { TodoListView } from './todo-list-view.js';
import { TodoStore } from './todo-store.js';
import { create, TODOS } from './writes.js';

const NOT_KEPT =
  'Your browser did not keep the sign-in. Sign in again or, if that does not help, allow cookies.';
const SIGN_OUT_TIMEOUT = 5_000; // milliseconds for which signing out waits for pending writes
const screens = document.querySelectorAll('.screen');
const failure = document.getElementById('failure');
const newTodo = document.querySelector('.new-todo');
const otherTabs = new BroadcastChannel('session');
let user = null;

const store = new TodoStore(api, {
  changed: () => list.scheduleRender(),
  refused: onRefused,
  failed: (error) => announce(error.message),
  sessionEnded: onSessionEnded,
  connected: showConnection,
});
const list = new TodoListView(document.getElementById('todos'), store);
const live = new LiveUpdates(openSocket, () => store.refresh());
const signIn = new SignInView(document.getElementById('sign-in'), async (email) => {
  await start({ error: NOT_KEPT, email });
  notifyOtherTabs();
});

function show(name) {
  for (const screen of screens) screen.hidden = screen.id !== name;
}

/** Shows the todos or, if no one is signed in, the form. @param {object} [details] for the form */
async function start(details) {
  show('loading');
  try {
    await enter();
  } catch (error) {
    live.stop();
    if (error.status === 401) showSignIn(details);
    else showFailure(error);
  }
}

/** Sends its requests at the same time: on a slow network, each answer takes seconds. */
async function enter() {
  const fetched = live.start().then(() => api.call('GET', TODOS));
  const [account, todos] = await Promise.all([api.call('GET', '/api/users/me'), fetched]);
  const isSomeoneElse = user && account.id !== user.id;
  if (isSomeoneElse) clearPage();
  user = account;
  document.querySelector('.user-email').textContent = user.email;
  store.load(todos);
  if (isSomeoneElse) store.refresh(); // the queue was emptied, in which a change may have waited
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

/** The page keeps everything, but hidden, in case the same person signs in again. */
function onSessionEnded() {
  live.stop();
  const note = 'Your session has ended. Sign in again to go on.';
  showSignIn({ note, email: user.email });
}

/** The next person must not see the todos or the text of the previous one. */
function clearPage() {
  user = null;
  store.clear();
  list.render();
  newTodo.value = '';
  showValidationError(newTodo, '');
  clearNotices();
}

/** The message contains what was typed. A new title also goes back into the box if it is empty. */
function onRefused({ failure: beginning, title, creates }, error) {
  if (creates && !newTodo.value) restore(title);
  if (title) warn(`${beginning} `, quote(title), `. ${error.message}`);
  else warn(`${beginning} ${error.message}`);
}

function restore(title) {
  newTodo.value = title;
  if (newTodo === document.activeElement) newTodo.select(); // typing replaces it
}

function onPicked(todo) {
  announce('Picked: ', quote(todo.title));
  list.reveal(todo);
}

async function signOut() {
  show('loading');
  const timeout = new Promise((resolve) => setTimeout(resolve, SIGN_OUT_TIMEOUT));
  await Promise.race([store.idle(), timeout]);
  try {
    await api.call('DELETE', '/api/sessions/current');
  } catch (error) {
    show('todos');
    return warn(`Could not sign out. ${error.message}`);
  }
  live.stop();
  clearPage();
  notifyOtherTabs();
  showSignIn();
}

function notifyOtherTabs() {
  otherTabs.postMessage(user?.id ?? null);
}

function addTodo(event) {
  event.preventDefault();
  const title = (newTodo.value = cleanTitle(newTodo.value));
  if (!title || showValidationError(newTodo, validationError(newTodo))) return;
  newTodo.value = '';
  store.add(create(title));
}

document.querySelector('.add').addEventListener('submit', addTodo);
newTodo.addEventListener('input', () => showValidationError(newTodo, ''));
document.querySelector('.pick').addEventListener('click', () => store.pick(onPicked));
document.querySelector('.sign-out').addEventListener('click', signOut);
failure.querySelector('button').addEventListener('click', () => start());
otherTabs.addEventListener('message', ({ data }) => {
  if (data !== (user?.id ?? null)) location.reload();
});
addEventListener('online', retryNow);
addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.repeat) event.preventDefault(); // held down, it counts once
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) retryNow();
});
addEventListener('beforeunload', (event) => {
  if (store.hasUnsaved) event.preventDefault();
});
if (document.getElementById('sign-in').hidden) start(); // otherwise no one can be signed in
