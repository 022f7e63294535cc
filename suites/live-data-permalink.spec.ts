import { urlOf } from '#inventory/pages.ts';
import { isInRange } from '#products/release.ts';
import { detailsOf, expect, test, titleOf } from './fixtures.ts';
import { openings } from './inventory.ts';
import { partsOf } from './parts.ts';
import { signInToReports } from './reporting.ts';

/** The permalink of a stock view, by release (UCCX reporting user guide, "Permalinks"); the first release of the new path is inferred. */
function permalinkPath(isOld: boolean, viewId: string): string {
  const path = isOld ? '/cuic/permalink/PermalinkViewer.htmx' : '/cuicui/permalink/';
  return `${path}?viewId=${viewId}&linkType=htmlType&viewType=Grid`;
}

/** Agent Team Summary: the view of the stock layouts that shows what every agent does (UCCX administration guide). */
const agentTeamSummary = '5C626F9C10000140000000600A4E5B33';

for (const opening of openings('Live Data permalink')) {
  test.describe(titleOf(opening), detailsOf(opening), () => {
    test.use({ opening });

    test('shows data, and changes with the state of an agent', async ({ visit, accounts, page }) => {
      const { machine } = opening;
      await signInToReports(visit, accounts);
      const agent = await accounts.signInCompanion();
      const isOld = isInRange(machine.release, { from: '12.0' }) === false;
      await visit.open({}, urlOf(machine, 8444, permalinkPath(isOld, agentTeamSummary)));
      const { rows, grid, words } = partsOf(page, 'Live Data');
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
