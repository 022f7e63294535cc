import type { Locator, Page } from '@playwright/test';

/**
 * The sign-in page of Unified CCX Administration.
 * Fields by name and the button by class, as public clients of the page send and find them; no document gives ids:
 * https://github.com/ccondry/uccx-config-client, src/app-admin.js (12.5).
 */
export function appAdmin(page: Page): Record<'userName' | 'password' | 'login', Locator> {
  return {
    userName: page.locator('input[name="j_username"]').describe('the field j_username'),
    password: page.locator('input[name="j_password"]').describe('the field j_password'),
    login: page.locator('.cuesLoginButton').describe('the button of class cuesLoginButton'),
  };
}
