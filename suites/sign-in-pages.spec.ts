import type { Locator, Page } from '@playwright/test';
import type { Opening } from '#inventory/pages.ts';
import { detailsOf, test, titleOf } from './fixtures.ts';
import { openingsOnly } from './inventory.ts';
import { partsOf } from './parts.ts';

/** What a page shows before anybody signs in; some are opened only to accept a certificate. */
function shownAt(page: Page, { name, machine }: Opening): Readonly<Record<string, Locator>> {
  switch (name) {
    case 'Unified CCX Administration':
    case 'Finesse sign-in':
    case 'Finesse administration':
    case 'Operations Administration':
    case 'Identity Service':
    case 'Platform administration':
      return partsOf(page, name, machine.release);
    case 'Unified Intelligence Center': {
      const { userName, next } = partsOf(page, name, machine.release);
      return { userName, next };
    }
    default:
      return {};
  }
}

for (const opening of openingsOnly()) {
  test.describe(titleOf(opening), detailsOf(opening), () => {
    test.use({ opening });

    test('opens without a certificate warning', async ({ visit, page }) => {
      await visit.open(shownAt(page, opening));
    });
  });
}
