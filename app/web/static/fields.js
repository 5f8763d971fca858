/** Validates a field by the rule that the service wrote into the page. */

/**
 * @param {HTMLInputElement} input has the rule in `pattern`, and in words in `data-rule`
 * @returns {string} the validation error, or '' if the value is valid
 */
export function validationError(input) {
  if (input.validity.valueMissing) return 'Please fill this in.';
  return input.validity.patternMismatch ? input.dataset.rule : '';
}

/**
 * Shows a validation error below its field, in the element `<id>-error`; '' clears it.
 * @param {HTMLInputElement} input
 * @param {string} message
 * @returns {boolean} whether there is an error
 */
export function showValidationError(input, message) {
  document.getElementById(`${input.id}-error`).textContent = message;
  if (message) input.setAttribute('aria-invalid', 'true');
  else input.removeAttribute('aria-invalid');
  return message !== '';
}
