import type { FrameLocator, Locator, Page } from '@playwright/test';
import { partsOf } from './parts.ts';

/**
 * A Live Data report in a gadget or behind a permalink: a grid (Unified Intelligence Center user guide). That its rows are rows of a table, or
 * have that role, is inferred.
 */
export function liveData(where: Page | FrameLocator): Readonly<Record<'rows' | 'grid' | 'words', Locator>> {
  return partsOf(where, 'Live Data', {
    rows: ['tbody tr, .dgrid-row', 'the rows of the report'],
    grid: ['tbody, .dgrid-content', 'the grid of the report'],
    words: ['body', 'the report'],
  });
}

/** The permalink of a stock view, by release (UCCX reporting user guide, "Permalinks"); the first release of the new path is inferred. */
export function permalinkPath(isOld: boolean, viewId: string): string {
  const path = isOld ? '/cuic/permalink/PermalinkViewer.htmx' : '/cuicui/permalink/';
  return `${path}?viewId=${viewId}&linkType=htmlType&viewType=Grid`;
}

/** Agent Team Summary: the view of the stock layouts that shows what every agent does (UCCX administration guide). */
export const agentTeamSummary = '5C626F9C10000140000000600A4E5B33';
