import type { Locator, Page } from '@playwright/test';
import { partsOf } from './parts.ts';

/** The sign-in page of Unified OS Administration, /cmplatform: names and class as public clients of the page find them. */
export function platformAdministration(page: Page): Readonly<Record<'userName' | 'password', Locator>> {
  return partsOf(page, 'Platform administration', {
    userName: ['input[name="j_username"]', 'the field j_username'],
    password: ['input[name="j_password"]', 'the field j_password'],
  });
}
