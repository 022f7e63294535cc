import { productOf } from '#products/index.ts';
import { rangeTitle } from '#products/release.ts';
import type { Relation } from '#products/relations.ts';

/** The part of the page of links that tells of one, as Markdown: all of it comes from the catalogue. */
export function relationPage(relation: Relation): string {
  const { id, relyingParty, store, presenter, releases, isSecured, stops, breaks, severity } = relation;
  const [first] = relyingParty;
  const { afterTrustChange, afterTrustChangeIn } = productOf(first);
  const services = (afterTrustChangeIn?.[store] ?? afterTrustChange)?.services ?? [];
  const restarts = relation.restarts ?? services.map(({ service }) => service);
  return [
    `## ${id}`,
    '',
    `Without it: ${breaks}. Stops: ${stops}; severity ${severity}.`,
    '',
    `- Who relies: ${relyingParty.join(', ')}, by \`${store}\``,
    `- On whom: ${presenter.join(', ')}, ${shownWords(relation)}${releases === undefined ? '' : `, ${rangeTitle(releases)}`}`,
    isSecured === undefined
      ? '- Judged: always'
      : '- Judged: only where the inventory names it under `secured`, because it has TLS only where somebody set it up',
    ...(restarts.length === 0 ? [] : [`- After a change of the store restart: ${restarts.join(', ')}`]),
    ...(relation.disagreement === undefined ? [] : [`- Documents disagree: ${relation.disagreement}`]),
    ...relation.sources.map(
      ({ document, section, url, confidence, read }) =>
        `- Source: [${document}](${url}), ${section}${confidence === 'documented' ? '' : ` (${confidence})`}, read ${read}`,
    ),
    '',
  ].join('\n');
}

function shownWords(relation: Relation): string {
  switch (relation.presents) {
    case undefined:
      return `port ${relation.presenter[0] === 'SCRIPT_TARGET' ? 'as the inventory says' : String(relation.port)}`;
    case 'as-client':
      return `which shows ${relation.identity} as a client: read from its own store`;
    case 'at-unprobed-port':
      return `which shows ${relation.identity} at a port that is not probed: read from its own store`;
  }
}
