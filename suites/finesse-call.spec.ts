import { signInToDesktop } from './desktop.ts';
import { detailsOf, expect, test, titleOf } from './fixtures.ts';
import { openings } from './inventory.ts';

for (const opening of openings('Finesse call')) {
  test.describe(titleOf(opening), detailsOf(opening), () => {
    test.use({ opening });

    // An agent calls an agent, who stays Not Ready: no customer's call gets in between.
    test('a call is presented, answered and ended', async ({ visit, accounts }) => {
      const { desktop, person } = await signInToDesktop(visit, accounts);
      const caller = await accounts.signInCompanion();
      await accounts.call(caller, person);
      await visit.claim('a call is presented', () => expect(desktop.answer).toBeVisible(), desktop.banner);
      await visit.claim('it is answered', async () => {
        await desktop.answer.click();
        await expect(desktop.state).toHaveText(/^Talking/);
      });
      await visit.keepPicture();
      await visit.claim('it is ended', async () => {
        await desktop.end.click();
        await expect(desktop.end).toBeHidden();
        await expect(desktop.state).not.toHaveText(/^Talking/);
      });
    });
  });
}
