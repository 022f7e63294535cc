import type { Locator, Page } from '@playwright/test';
import { partsOf } from './parts.ts';

/** The sign-in page of Finesse administration, /cfadmin; its fields are inferred from those of the desktop until 11.x. */
export function finesseAdministration(page: Page): Readonly<Record<'userName' | 'password', Locator>> {
  return partsOf(page, 'Finesse administration', {
    userName: ['input[name="j_username"], #username', 'the field for the ID'],
    password: ['input[type="password"]', 'the field for the password'],
  });
}
