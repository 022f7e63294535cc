import type { Locator, Page } from '@playwright/test';
import type { Opening } from '#inventory/pages.ts';
import { detailsOf, test, titleOf } from './fixtures.ts';
import { openingsOnly } from './inventory.ts';
import { appAdmin } from './pages/app-admin.ts';
import { finesseAdministration } from './pages/finesse-administration.ts';
import { finesseSignIn } from './pages/finesse-sign-in.ts';
import { identityService } from './pages/identity-service.ts';
import { intelligenceCenterSignIn } from './pages/intelligence-center.ts';
import { operationsAdministration } from './pages/operations-administration.ts';
import { platformAdministration } from './pages/platform-administration.ts';

/** What a page shows before anybody signs in; some are opened only to accept a certificate. */
const partsOf: Readonly<
  Partial<Record<Opening['name'], (page: Page, release: string | null) => Readonly<Record<string, Locator>>>>
> = {
  'Unified CCX Administration': appAdmin,
  'Finesse sign-in': finesseSignIn,
  'Finesse administration': finesseAdministration,
  'Unified Intelligence Center': intelligenceCenterSignIn,
  'Operations Administration': operationsAdministration,
  'Identity Service': identityService,
  'Platform administration': platformAdministration,
};

for (const opening of openingsOnly()) {
  test.describe(titleOf(opening), detailsOf(opening), () => {
    test.use({ opening });

    test('opens without a certificate warning', async ({ visit, page }) => {
      await visit.open(partsOf[opening.name]?.(page, opening.machine.release) ?? {});
    });
  });
}
