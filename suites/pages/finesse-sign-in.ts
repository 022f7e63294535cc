import type { Locator, Page } from '@playwright/test';
import { isInRange } from '#products/release.ts';
import { partsOf } from './parts.ts';

const title = 'Finesse sign-in';

interface FinesseSignIn {
  readonly userName: Locator;
  readonly password: Locator;
  readonly extension: Locator;
  /** By its words: its id is not documented before 12.0. */
  readonly signIn: Locator;
}

/**
 * The sign-in page of the Finesse desktop.
 * Ids of 12.x and field names until 11.x as seen in public browser scripts for it; the three fields are in the Cisco
 * Finesse Agent and Supervisor Desktop User Guide, "Sign In to the Finesse Desktop".
 */
export function finesseSignIn(page: Page, release: string | null): FinesseSignIn & Readonly<Record<string, Locator>> {
  if (isInRange(release, { from: '12.0' }) === false) {
    return partsOf(page, title, {
      userName: ['input[name="j_username"]', 'the field j_username'],
      password: ['input[name="j_password"]', 'the field j_password'],
      extension: ['input[name="extension_login_user"]', 'the field extension_login_user'],
      signIn: ['button:has-text("Sign In")', 'the button Sign In'],
    });
  }
  return partsOf(page, title, {
    userName: ['#username', 'the field #username'],
    password: ['#password', 'the field #password'],
    extension: ['#extension', 'the field #extension'],
    signIn: ['#signin-button', 'the button #signin-button'],
  });
}
