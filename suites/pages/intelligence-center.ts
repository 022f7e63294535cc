import type { Locator, Page } from '@playwright/test';
import { partsOf } from './parts.ts';

/**
 * The sign-in page of Unified Intelligence Center: the user name first, then the password and the domain.
 * Ids of 11.5 and later as seen in public browser scripts for it.
 */
export function intelligenceCenterSignIn(page: Page): Readonly<Record<'userName' | 'next', Locator>> {
  return partsOf(page, 'Unified Intelligence Center', {
    userName: ['#rawUserName', 'the field #rawUserName'],
    next: ['#identitySubmitBtn', 'the button #identitySubmitBtn'],
  });
}

/** Its second step. */
export function intelligenceCenterPassword(page: Page): Readonly<Record<'password' | 'domain' | 'signIn', Locator>> {
  return partsOf(page, 'Unified Intelligence Center', {
    password: ['#j_password', 'the field #j_password'],
    domain: ['select:visible', 'the choice of the domain'],
    signIn: ['.btn.btn--people', 'the button of class btn--people'],
  });
}

/** The list of reports after the sign-in, its rows as public scripts find them. */
export function reportList(page: Page): Readonly<Record<'first' | 'refusal', Locator>> {
  return partsOf(page, 'Unified Intelligence Center reports', {
    first: ['#dgrid_0-row-0', 'the first report'],
    refusal: ['[role="alert"]:visible', 'the words beside the sign-in form'],
  });
}
