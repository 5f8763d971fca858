/** The form for signing in, and for creating an account. */

import { call } from './api.js';
import { cleanEmail, showValidationError, validationError } from './fields.js';

const MODES = {
  signIn: {
    name: 'Sign in',
    other: 'New here? Create an account',
    password: 'current-password',
  },
  signUp: {
    name: 'Create account',
    other: 'Have an account? Sign in',
    password: 'new-password',
  },
};

export class SignInView {
  #busy = false;
  #mode = MODES.signIn;

  /**
   * @param {HTMLElement} root
   * @param {(email: string) => Promise<void>} signedIn called after a successful sign-in
   */
  constructor(root, signedIn) {
    const find = (selector) => root.querySelector(selector);
    this.signedIn = signedIn;
    this.heading = find('h2');
    this.note = find('.note');
    this.error = find('.error[role=alert]');
    this.email = find('#email');
    this.password = find('#password');
    this.hint = find('#password-hint');
    this.submit = find('[type=submit]');
    this.switch = find('.switch');
    find('form').addEventListener('submit', (event) => this.#onSubmit(event));
    this.switch.addEventListener('click', () => this.#switchMode());
    this.#setMode(MODES.signIn);
    for (const button of [this.submit, this.switch]) button.disabled = false;
  }

  /** Resets the form, optionally with a note or an error, and an e-mail address. */
  reset({ note = '', error = '', email = '' } = {}) {
    this.#setMode(MODES.signIn);
    this.note.textContent = note;
    this.error.textContent = error;
    this.email.value = email;
    this.password.value = '';
    (email ? this.password : this.email).focus();
  }

  #switchMode() {
    this.#setMode(this.#mode === MODES.signIn ? MODES.signUp : MODES.signIn);
    this.email.focus();
  }

  #setMode(mode) {
    this.#mode = mode;
    this.heading.textContent = mode.name;
    this.submit.textContent = mode.name;
    this.switch.textContent = mode.other;
    this.password.autocomplete = mode.password;
    this.hint.hidden = mode !== MODES.signUp;
    this.#showErrors('', '', '');
  }

  async #onSubmit(event) {
    event.preventDefault();
    this.email.value = cleanEmail(this.email.value);
    if (this.#busy || this.#hasErrors()) return;
    this.#setBusy(true);
    try {
      await this.#enter();
    } catch (error) {
      this.#showRefusal(error);
    } finally {
      this.#setBusy(false);
    }
  }

  async #enter() {
    const account = { email: this.email.value, password: this.password.value };
    if (this.#mode === MODES.signUp) {
      await call('POST', '/api/users', account);
      this.#setMode(MODES.signIn); // if the sign-in fails, the account exists already
    }
    await call('POST', '/api/sessions', account);
    this.password.value = '';
    await this.signedIn(account.email);
  }

  /** The password rule applies to new passwords only; an old one may predate it. */
  #hasErrors() {
    const { email, password } = this;
    const isPasswordChecked = this.#mode === MODES.signUp || !password.value;
    const passwordError = isPasswordChecked ? validationError(password) : '';
    return this.#showErrors('', validationError(email), passwordError);
  }

  #showRefusal(error) {
    const [email, password] = [error.detailFor('email'), error.detailFor('password')];
    this.#showErrors(email || password ? '' : error.message, email, password);
  }

  #showErrors(general, email, password) {
    this.error.textContent = general;
    const inPassword = showValidationError(this.password, password);
    const inEmail = showValidationError(this.email, email);
    if (inEmail || inPassword) (inEmail ? this.email : this.password).focus();
    return inEmail || inPassword;
  }

  #setBusy(busy) {
    this.#busy = busy;
    this.submit.setAttribute('aria-disabled', String(busy));
  }
}
