import type { Locator } from '@playwright/test';
import type { PartName } from '#inventory/page-parts.ts';
import { choose, liveDataGadgets, signInToDesktop } from './desktop.ts';
import { detailsOf, expect, test, titleOf } from './fixtures.ts';
import { openings } from './inventory.ts';
import { partsOf } from './parts.ts';

/** Views that show what agents do: they change with a state. The others wait for calls. */
const showsStates = /ResourceIAQStats|VoiceIAQStats|VoiceCSQDetailsStats|AgentStateDetailStats/;

for (const opening of openings('Live Data gadgets')) {
  test.describe(titleOf(opening), detailsOf(opening), () => {
    test.use({ opening });

    test('every gadget loads, shows data, and changes with the state of an agent', async ({
      visit,
      accounts,
      page,
    }) => {
      const { desktop, person } = await signInToDesktop(visit, accounts);
      const gadgets = await liveDataGadgets(page, desktop);
      await visit.claim('the layout has Live Data gadgets', async () => {
        expect(gadgets.length).toBeGreaterThan(0);
        return Promise.resolve();
      });
      const report = (name: string): Readonly<Record<PartName<'Live Data'>, Locator>> =>
        partsOf(page.frameLocator(`iframe[name="${name}"]`), 'Live Data');
      for (const { title, name } of gadgets) {
        const { rows, words } = report(name);
        await visit.claim(`the gadget ${title} shows data`, () => expect(rows.first()).toBeVisible(), words);
      }
      const changing = gadgets.filter(({ source }) => showsStates.test(decodeURIComponent(source)));
      const shown = opening.beside === null ? person : await accounts.signInCompanion();
      const before = await Promise.all(changing.map(({ name }) => report(name).grid.innerText()));
      if (shown === person) await choose(desktop, desktop.ready);
      else await accounts.turn(shown, 'READY');
      for (const [at, { title, name }] of changing.entries()) {
        const { grid, words } = report(name);
        await visit.claim(
          `the gadget ${title} changes when ${shown.user} becomes Ready`,
          () => expect(grid).not.toHaveText(before[at] ?? '', { useInnerText: true }),
          words,
        );
      }
      await visit.keepPicture();
      if (shown !== person) return;
      await choose(desktop, desktop.notReady);
      await expect(desktop.state).toHaveText(/^Not Ready/);
    });
  });
}
