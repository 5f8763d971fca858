/** What a person typed: cleans it, and validates it by the rule that the service wrote down. */

/**
 * Cleans a title. What is pasted may contain tabs and line breaks, which become spaces, and
 * characters that nobody sees and the service refuses.
 * @param {string} text
 */
export function cleanTitle(text) {
  const line = text.replace(/\s*[\t\n\v\f\r\u0085\u2028\u2029]\s*/gu, ' ');
  return line.replace(/[\p{Cc}\p{Cs}]/gu, '').trim();
}

/**
 * Cleans an e-mail address. Keyboards and address books add spaces, invisible characters, and
 * letters in full width.
 * @param {string} text
 */
export function cleanEmail(text) {
  return text.normalize('NFKC').replace(/\p{C}/gu, '').trim();
}

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
