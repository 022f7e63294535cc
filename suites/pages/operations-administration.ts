import type { Locator, Page } from '@playwright/test';
import { partsOf } from './parts.ts';

/** The sign-in page of Operations Administration, /oamp: it posts to /oamp/j_security_check with a token, as a public client does. */
export function operationsAdministration(page: Page): Readonly<Record<'userName' | 'password', Locator>> {
  return partsOf(page, 'Operations Administration', {
    userName: ['input[name="j_username"]', 'the field j_username'],
    password: ['input[name="j_password"]', 'the field j_password'],
  });
}
