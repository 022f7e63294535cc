import type { Locator, Page } from '@playwright/test';
import { partsOf } from './parts.ts';

/**
 * The sign-in page of Unified CCX Administration.
 * Fields by name and the button by class, as public clients of the page send and find them; no document gives ids:
 * https://github.com/ccondry/uccx-config-client, src/app-admin.js (12.5).
 */
export function appAdmin(page: Page): Readonly<Record<'userName' | 'password' | 'login', Locator>> {
  return partsOf(page, 'Unified CCX Administration', {
    userName: ['input[name="j_username"]', 'the field j_username'],
    password: ['input[name="j_password"]', 'the field j_password'],
    login: ['.cuesLoginButton', 'the button of class cuesLoginButton'],
  });
}

/** Its first page after the sign-in, or the words beside the form: those of the Unified CCX Administration guide; where they stand is inferred. */
export function appAdminHome(page: Page): Readonly<Record<'title' | 'refusal', Locator>> {
  return partsOf(page, 'Unified CCX Administration home', {
    title: [
      'body:has-text("Cisco Unified CCX Administration"):not(:has(input[name="j_password"]))',
      'the words Cisco Unified CCX Administration without a sign-in form',
    ],
    refusal: ['[role="alert"]:visible, .error:visible', 'the words beside the sign-in form'],
  });
}
