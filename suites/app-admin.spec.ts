import type { Person } from '#inventory/load.ts';
import { detailsOf, test, titleOf } from './fixtures.ts';
import { openings } from './inventory.ts';
import { partsOf } from './parts.ts';

for (const opening of openings('Unified CCX Administration')) {
  test.describe(titleOf(opening), detailsOf(opening), () => {
    test.use({ opening });

    test('is signed in to without a warning', async ({ visit, accounts, page }) => {
      const form = partsOf(page, 'Unified CCX Administration');
      const home = partsOf(page, 'Unified CCX Administration home');
      const send = async (person: Person): Promise<void> => {
        await visit.open(form);
        await form.userName.fill(person.user);
        await form.password.click();
        await accounts.typePassword(page, person);
        await form.login.click();
      };
      await accounts.signInByForm(send, home.title, home.refusal);
    });
  });
}
