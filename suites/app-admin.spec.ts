import { detailsOf, test, titleOf } from './fixtures.ts';
import { openings } from './inventory.ts';
import { appAdmin, appAdminHome } from './pages/app-admin.ts';

for (const opening of openings('Unified CCX Administration')) {
  test.describe(titleOf(opening), detailsOf(opening), () => {
    test.use({ opening });

    test('is signed in to without a warning', async ({ visit, accounts, page }) => {
      const person = accounts.own;
      const form = appAdmin(page);
      const home = appAdminHome(page);
      accounts.untried(person);
      await visit.open(form);
      await form.userName.fill(person.user);
      await form.password.click();
      await accounts.typePassword(page, person);
      await form.login.click();
      await accounts.claimSignedIn(person, home.title, home.refusal);
    });
  });
}
