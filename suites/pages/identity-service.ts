import type { Locator, Page } from '@playwright/test';
import { partsOf } from './parts.ts';

/** The sign-in page of Cisco Identity Service Management, /idsadmin; its fields are inferred. */
export function identityService(page: Page): Readonly<Record<'password', Locator>> {
  return partsOf(page, 'Identity Service', { password: ['input[type="password"]', 'the field for the password'] });
}
