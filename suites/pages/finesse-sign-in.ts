import type { Locator, Page } from '@playwright/test';
import { isInRange } from '#products/release.ts';

interface FinesseSignIn {
  readonly userName: Locator;
  readonly password: Locator;
  readonly extension: Locator;
  /** Not documented before 12.0. */
  readonly signIn?: Locator;
}

/**
 * The sign-in page of the Finesse desktop.
 * Ids of 12.x and field names until 11.x as seen in public browser scripts for it; the three fields are in the Cisco
 * Finesse Agent and Supervisor Desktop User Guide, "Sign In to the Finesse Desktop".
 */
export function finesseSignIn(page: Page, release: string | null): FinesseSignIn {
  if (isInRange(release, { from: '12.0' }) === false) {
    return {
      userName: page.locator('input[name="j_username"]').describe('the field j_username'),
      password: page.locator('input[name="j_password"]').describe('the field j_password'),
      extension: page.locator('input[name="extension_login_user"]').describe('the field extension_login_user'),
    };
  }
  return {
    userName: page.locator('#username').describe('the field #username'),
    password: page.locator('#password').describe('the field #password'),
    extension: page.locator('#extension').describe('the field #extension'),
    signIn: page.locator('#signin-button').describe('the button #signin-button'),
  };
}
