/* Without this script every row is expanded; only sorting and filtering are missing. */

const entries = [...document.querySelectorAll('.matrix tbody')];
const form = document.querySelector('#the_filter');

function makeFoldable(entry) {
  const link = entry.querySelector('.title');
  const button = document.createElement('button');
  const story = entry.querySelector('.story');
  story.id = `${entry.id}_story`;
  story.hidden = true;
  button.type = 'button';
  button.className = 'title';
  button.textContent = link.textContent;
  button.setAttribute('aria-expanded', 'false');
  button.setAttribute('aria-controls', story.id);
  button.addEventListener('click', () => unfold(entry, story.hidden));
  link.replaceWith(button);
}

function unfold(entry, open) {
  entry.querySelector('.story').hidden = !open;
  entry.querySelector('.title').setAttribute('aria-expanded', open);
}

function makeSortable(head) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = head.textContent;
  button.addEventListener('click', () => sort(head));
  head.replaceChildren(button);
}

function sort(head) {
  const table = head.closest('table');
  const wanted = head.ariaSort === 'ascending' ? 'descending' : 'ascending';
  for (const other of table.querySelectorAll('[aria-sort]')) other.removeAttribute('aria-sort');
  head.ariaSort = wanted;
  const direction = wanted === 'ascending' ? 1 : -1;
  const order = (entry) => entry.rows[0].cells[head.cellIndex].dataset.order ?? '';
  const compare = (one, other) =>
    direction * order(one).localeCompare(order(other), 'en', { numeric: true });
  table.append(...[...table.tBodies].sort(compare));
}

function filter() {
  const { topic, red, words } = Object.fromEntries(new FormData(form));
  const wanted = words.toLowerCase().split(/\s+/);
  for (const entry of entries) {
    const text = `${entry.id} ${entry.textContent}`.toLowerCase();
    const layers = String(entry.querySelectorAll('[data-red]').length);
    entry.hidden =
      (topic && topic !== entry.dataset.topic) ||
      (red && !red.split(' ').includes(layers)) ||
      !wanted.every((word) => text.includes(word));
  }
  form.querySelector('[role=status]').textContent =
    `${entries.filter((entry) => !entry.hidden).length} of ${entries.length} shown`;
}

function openLinked() {
  const entry = entries.find((one) => one.id === decodeURIComponent(location.hash.slice(1)));
  if (!entry) return;
  if (entry.hidden) form.reset();
  filter();
  unfold(entry, true);
  entry.scrollIntoView();
  entry.querySelector('.title').focus({ preventScroll: true });
}

entries.forEach(makeFoldable);
document.querySelectorAll('.matrix thead th').forEach(makeSortable);
form.addEventListener('input', filter);
form.addEventListener('submit', (event) => event.preventDefault());
addEventListener('hashchange', openLinked);
// Before this event, a browser restores the form after a reload and scrolls to the fragment.
addEventListener('pageshow', () => { filter(); openLinked(); });
form.hidden = false;
