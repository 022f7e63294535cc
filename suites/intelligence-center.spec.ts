import { detailsOf, test, titleOf } from './fixtures.ts';
import { openings } from './inventory.ts';
import { signInToReports } from './reporting.ts';

for (const opening of openings('Unified Intelligence Center')) {
  test.describe(titleOf(opening), detailsOf(opening), () => {
    test.use({ opening });

    test('is signed in to, and lists reports', async ({ visit, accounts }) => {
      await signInToReports(visit, accounts);
    });
  });
}
