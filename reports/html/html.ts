import { createHash } from 'node:crypto';
import type { Run } from '#model/run.ts';
import { certificatesOf } from '../certificates.ts';
import { endpointsOf } from '../endpoints.ts';
import { visible } from '../escape.ts';
import { foreseenOf } from '../foreseen.ts';
import { pageHistories } from '../page-history.ts';
import type { Assets, Reporter } from '../reporter.ts';
import { healthWords, summarise } from '../summary.ts';
import { browserSection, pagesIn } from './browser.ts';
import { certificatesSection } from './certificates.ts';
import { expirySection } from './expiry.ts';
import { foreseenBlock } from './foreseen.ts';
import { Markup, markup } from './markup.ts';
import { portsSection } from './ports.ts';
import { viewsSection } from './views.ts';
import { problemsSection } from './problems.ts';
import { remediationsSection } from './remediations.ts';
import { style } from './style.ts';
import { trustSection } from './trust.ts';
import {
  accountsSection,
  checksSection,
  differenceTitle,
  diffSection,
  knownSection,
  notAskedSection,
  unjudgedSection,
} from './coverage.ts';
import { countsWords } from '../words.ts';
import { verdict, fileName } from './verdict.ts';

/** One page for people: the answer first, then causes, dates, ports and certificates. Asks nothing of the network. */
export const html: Reporter = {
  id: 'html',
  title: 'HTML page',
  describes: 'For people, to read, print and send: one file that asks nothing of the network.',
  render: (run, previous, assets = new Map(), earlier = []) => [
    { path: 'report.html', contents: page(run, previous, assets, earlier) },
  ],
};

const styleDigest = createHash('sha256').update(style).digest('base64');
const policy = `default-src 'none'; style-src 'sha256-${styleDigest}'; img-src data:; base-uri 'none'; form-action 'none'`;

/** A word of a command as it is typed again. */
function typed(word: string): string {
  return /\s/.test(word) ? `"${word}"` : word;
}

function page(run: Run, previous: Run | null, assets: Assets, earlier: readonly Run[]): string {
  const summary = summarise(run);
  const at = new Date(run.judgedAt);
  const certificates = certificatesOf(run);
  const endpoints = endpointsOf(run);
  const pages = pagesIn(run);
  const { thresholds } = run.inventory;
  const sections = [
    {
      id: 'problems',
      title: 'What is wrong',
      body: problemsSection(summary.problems, { certificates, pages, assets, at }),
    },
    { id: 'known', title: 'Known', body: knownSection(summary) },
    { id: 'unjudged', title: 'Not judged', body: unjudgedSection(summary) },
    { id: 'accounts', title: 'Accounts', body: accountsSection(run) },
    { id: 'difference', title: differenceTitle(run, previous), body: diffSection(run, previous) },
    { id: 'changes', title: 'Changes made', body: remediationsSection(run) },
    { id: 'trust', title: 'Trust', body: trustSection(run, certificates) },
    { id: 'expiry', title: 'Expiry', body: expirySection(endpoints, certificates, { at, thresholds }) },
    { id: 'ports', title: 'Ports', body: portsSection(run, endpoints, certificates, summary.problems) },
    { id: 'views', title: 'As PCs see it', body: viewsSection(run) },
    {
      id: 'browser',
      title: 'Browser',
      body: browserSection(pages, earlier.length === 0 ? new Map() : pageHistories(run, earlier)),
    },
    { id: 'checks', title: 'Checks', body: checksSection(run) },
    { id: 'not-asked', title: 'Not asked', body: notAskedSection(summary) },
    { id: 'certificates', title: 'Certificates', body: certificatesSection([...certificates.values()], at) },
  ].filter(({ body }) => body.html !== '');
  const document = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${healthWords[summary.health]}: ${visible(fileName(run.inventory.file ?? 'certificates'))}, ${run.judgedAt.slice(0, 10)}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<a class="skip" href="#report">To the report</a>
<header class="page">${verdict(run, summary, foreseenBlock(foreseenOf(run, previous)))}
<nav aria-label="Sections"><ul>${sections.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
</header>
<main class="page" id="report">${sections.map(({ body }) => body)}
</main>
<footer class="page">Run ${run.id}, uccert ${visible(run.tool.version)}, <code>${run.command.map((part) => visible(typed(part))).join(' ')}</code>. ${countsWords(summary.counts)}.</footer>
</body>
</html>
`;
  return document.html.replace(/\n{2,}/g, '\n');
}
