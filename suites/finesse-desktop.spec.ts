import { choose, signInToDesktop } from './desktop.ts';
import { detailsOf, expect, test, titleOf } from './fixtures.ts';
import { openings } from './inventory.ts';

for (const opening of openings('Finesse desktop')) {
  test.describe(titleOf(opening), detailsOf(opening), () => {
    test.use({ opening });

    test('is signed in to, and the state changes to Ready and back', async ({ visit, accounts }) => {
      const { desktop } = await signInToDesktop(visit, accounts);
      await visit.claim(
        'the state changes to Ready',
        async () => {
          await choose(desktop, desktop.ready);
          await expect(desktop.state).toHaveText(/^Ready/);
        },
        desktop.banner,
      );
      await visit.keepPicture();
      await visit.claim(
        'the state changes back to Not Ready',
        async () => {
          await choose(desktop, desktop.notReady);
          await expect(desktop.state).toHaveText(/^Not Ready/);
        },
        desktop.banner,
      );
    });
  });
}
