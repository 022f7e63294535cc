import { otherNode, urlOf } from '#inventory/pages.ts';
import { signInToDesktop } from './desktop.ts';
import { detailsOf, expect, test, titleOf } from './fixtures.ts';
import { inventory, openings } from './inventory.ts';
import { partsOf } from './parts.ts';

for (const opening of openings('Finesse failover')) {
  test.describe(titleOf(opening), detailsOf(opening), () => {
    test.use({ opening });

    // Nothing is stopped: the other node is asked as the desktop asks it, and opened as the desktop opens it.
    test('the desktop reaches the other node without a certificate to accept', async ({ visit, accounts, page }) => {
      const other = otherNode(opening.machine, inventory().snapshot.machines);
      if (other === null) throw new TypeError('a failover needs two nodes');
      await signInToDesktop(visit, accounts);
      const isAnswered = async (address: string): Promise<boolean> =>
        page.evaluate(async (url) => {
          try {
            await (await fetch(url, { cache: 'no-store' })).text();
            return true;
          } catch {
            return false;
          }
        }, address);
      await visit.claim(`the desktop asks ${other.id} how it is, and is answered`, async () => {
        expect(await isAnswered(urlOf(other, 8445, '/finesse/api/SystemInfo?nocache=1'))).toBe(true);
      });
      const form = partsOf(page, 'Finesse sign-in', other.release);
      await visit.open(form, urlOf(other, 8445, '/desktop/container/?locale=en_US'));
    });
  });
}
