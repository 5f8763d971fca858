/** The form that signs a person in, or makes an account and signs in with it. */

import { call } from './api.js';
import { validationError, showValidationError } from './fields.js';

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
   * @param {() => Promise<void>} signedIn called when the person is in
   */
  constructor(root, signedIn) {
    const find = (selector) => root.querySelector(selector);
    this.signedIn = signedIn;
    this.heading = find('h2');
    this.note = find('.note');
    this.fault = find('.fault[role=alert]');
    this.email = find('#email');
    this.password = find('#password');
    this.hint = find('#password-hint');
    this.submit = find('[type=submit]');
    this.switch = find('.switch');
    find('form').addEventListener('submit', (event) => this.#onSubmit(event));
    this.switch.addEventListener('click', () => this.#switchMode());
    this.#setMode(MODES.signIn);
  }

  /** Starts afresh, with a line to say and an e-mail to begin with. */
  reset({ note = '', email = '' } = {}) {
    this.#setMode(MODES.signIn);
    this.note.textContent = note;
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
    this.#showFaults('', '', '');
  }

  async #onSubmit(event) {
    event.preventDefault();
    if (this.#busy || this.#hasFaults()) return;
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
      this.#setMode(MODES.signIn); // should the next step fail, the account is there
    }
    await call('POST', '/api/sessions', account);
    this.password.value = '';
    await this.signedIn();
  }

  /** The password's rule is for new ones; an old one is right or wrong. */
  #hasFaults() {
    const { email, password } = this;
    const judgesPassword = this.#mode === MODES.signUp || !password.value;
    return this.#showFaults('', validationError(email), judgesPassword ? validationError(password) : '');
  }

  #showRefusal(error) {
    const [email, password] = [error.detailFor('email'), error.detailFor('password')];
    this.#showFaults(email || password ? '' : error.message, email, password);
  }

  #showFaults(general, email, password) {
    this.fault.textContent = general;
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
