/** Messages to the person, in live regions: they are visible, and screen readers read them out. */

const LOST =
  'The connection is lost. Your changes wait here and are checked when it is back.';
const connection = document.querySelector('.connection');
const announcement = document.querySelector('.announcement');
const refusals = document.querySelector('.refusals');

/** Quotes a title; its writing direction does not affect the sentence around it. */
export function quote(title) {
  const quoted = document.createElement('bdi');
  quoted.textContent = title;
  return quoted;
}

/** Shows information until the next key or click. @param {...(string|Node)} content */
export function announce(...content) {
  announcement.replaceChildren(...content);
}

/** Shows a failure until the person dismisses it. @param {...(string|Node)} content */
export function warn(...content) {
  const line = document.createElement('p');
  const text = document.createElement('span');
  text.append(...content);
  line.append(text, dismissButton(line));
  refusals.append(line);
}

/** Shows that the connection is lost, or is back; only once. @param {boolean} isConnected */
export function showConnection(isConnected) {
  const line = isConnected ? '' : LOST;
  if (line === connection.textContent) return;
  connection.textContent = line;
  if (isConnected) announce('The connection is back.');
}

/** Removes every message. */
export function clearNotices() {
  for (const region of [connection, announcement, refusals]) region.replaceChildren();
}

for (const type of ['keydown', 'pointerdown']) addEventListener(type, () => announce());

function dismissButton(line) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Dismiss';
  button.addEventListener('click', () => line.remove());
  return button;
}
