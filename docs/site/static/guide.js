// What is wider than its box is moved by the keyboard too, as WCAG 2.1.1 asks: it can be focused.
const WIDE = 'article pre, article .table-wrapper, article figure.diagram';

function letKeyboardMove() {
  for (const box of document.querySelectorAll(WIDE)) {
    box.tabIndex = box.scrollWidth > box.clientWidth ? 0 : -1;
  }
}

addEventListener('load', letKeyboardMove);
addEventListener('resize', letKeyboardMove);
