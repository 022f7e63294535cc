import { urlOf } from '#inventory/pages.ts';
import { isInRange } from '#products/release.ts';
import { detailsOf, expect, test, titleOf } from './fixtures.ts';
import { openings } from './inventory.ts';
import { agentTeamSummary, liveData, permalinkPath } from './pages/live-data.ts';
import { signInToReports } from './reporting.ts';

for (const opening of openings('Live Data permalink')) {
  test.describe(titleOf(opening), detailsOf(opening), () => {
    test.use({ opening });

    test('shows data, and changes with the state of an agent', async ({ visit, accounts, page }) => {
      const { machine } = opening;
      await signInToReports(visit, accounts);
      const agent = await accounts.signInCompanion();
      const isOld = isInRange(machine.release, { from: '12.0' }) === false;
      await visit.open({}, urlOf(machine, 8444, permalinkPath(isOld, agentTeamSummary)));
      const { rows, grid, words } = liveData(page);
      await visit.claim('the report shows data', () => expect(rows.first()).toBeVisible(), words);
      const before = await grid.innerText();
      await accounts.turn(agent, 'READY');
      await visit.claim(
        `the report changes when ${agent.user} becomes Ready`,
        () => expect(grid).not.toHaveText(before, { useInnerText: true }),
        words,
      );
    });
  });
}
