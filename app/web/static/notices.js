/** Says things aloud: each line here is a live region, visible and read by screen readers. */

const LOST =
  'The connection is lost. Your changes wait here and are checked when it is back.';
const connection = document.querySelector('.connection');
const announcement = document.querySelector('.announcement');
const refusals = document.querySelector('.refusals');

/** A title inside a sentence: in quotes, and its writing direction kept to itself. */
export function quote(title) {
  const quoted = document.createElement('bdi');
  quoted.textContent = title;
  return quoted;
}

/** Says something harmless, until the person does the next thing. @param {...(string|Node)} parts */
export function announce(...parts) {
  announcement.replaceChildren(...parts);
}

/** Says that something went wrong; it stays until dismissed. @param {...(string|Node)} parts */
export function warn(...parts) {
  const line = document.createElement('p');
  const text = document.createElement('span');
  text.append(...parts);
  line.append(text, dismissButton(line));
  refusals.append(line);
}

/** Says once that the connection is lost, and once that it is back. @param {boolean} connected */
export function showConnection(connected) {
  const line = connected ? '' : LOST;
  if (line === connection.textContent) return;
  connection.textContent = line;
  if (connected) announce('The connection is back.');
}

/** Removes everything that was said. */
export function clearNotices() {
  for (const region of [connection, announcement, refusals]) region.replaceChildren();
}

for (const deed of ['keydown', 'pointerdown']) addEventListener(deed, () => announce());

function dismissButton(line) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Dismiss';
  button.addEventListener('click', () => line.remove());
  return button;
}
