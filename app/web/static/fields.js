/** Judges what was typed by the rule the service put on the field, and says what is wrong. */

/**
 * @param {HTMLInputElement} input carries its rule as `pattern`, in words as `data-rule`
 * @returns {string} what is wrong with its value, or nothing
 */
export function validationError(input) {
  if (input.validity.valueMissing) return 'Please fill this in.';
  return input.validity.patternMismatch ? input.dataset.rule : '';
}

/**
 * Shows, or with an empty message clears, the fault of a field in its line `<id>-error`.
 * @param {HTMLInputElement} input
 * @param {string} message
 * @returns {boolean} whether there is a fault
 */
export function showValidationError(input, message) {
  document.getElementById(`${input.id}-error`).textContent = message;
  if (message) input.setAttribute('aria-invalid', 'true');
  else input.removeAttribute('aria-invalid');
  return message !== '';
}
