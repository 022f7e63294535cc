import { expect, it } from 'vitest';
import type { PresentFinding } from '#model/finding.ts';
import { findingKey, isPresent } from '#model/verdict.ts';
import type { ClientId, MachineId } from '#model/names.ts';
import type { Run } from '#model/run.ts';
import { healthyRun, sampleRun } from '#tests/support/sample-run.ts';
import { endpointsOf } from './endpoints.ts';
import { reporters } from './index.ts';
import { askedWords, missedPages, missedWords, pagesWords } from './missed-pages.ts';
import { summarise } from './summary.ts';

const cause = sampleRun.findings.filter(isPresent).find(({ fault }) => fault === 'legacy-protocol-accepted');
if (cause?.subject.scope !== 'endpoint') throw new TypeError('no such finding');
const { subject, verdict } = cause;
const key = findingKey(cause);

function missed(machine: string, page: string, client: string, symptomOf = key): PresentFinding {
  const because = 'the browser stopped at the page itself';
  const evidence = [{ label: 'trace', value: `traces/${machine}-8445-${client}.zip` }];
  const ofPage = { machine: machine as MachineId, client: client as ClientId, page };
  return {
    fault: 'browser-refuses',
    subject: { ...subject, ...ofPage },
    verdict: { ...verdict, severity: 'critical', because, symptomOf, evidence },
  };
}

const pages = [
  missed('uccx1', 'Finesse sign-in', 'pc-managed'),
  missed('uccx1', 'Finesse desktop, agent', 'pc-managed'),
  missed('uccx1', 'Finesse desktop, supervisor', 'pc-managed'),
  missed('uccx2', 'Chat, agent', 'pc-branch'),
  missed('uccx2', 'Chat, agent', 'pc-managed'),
];
const run: Run = { ...healthyRun, catalogue: sampleRun.catalogue, findings: [cause, ...pages] };

it('says each page once, by machine and by who misses it', () => {
  expect(missedPages(pages).map((each) => `${each.machine}: ${missedWords(each)}`)).toEqual([
    'uccx1: Finesse sign-in, Finesse desktop (agent, supervisor)  as seen by pc-managed',
    'uccx2: Chat (agent)  as seen by pc-branch and pc-managed',
  ]);
});

it('names the page that is shown before somebody signs in beside those of roles', () => {
  expect(pagesWords(['Chat', 'Chat, agent', 'AppAdmin', 'Live Data, agent', 'Live Data, supervisor'])).toBe(
    'Chat (sign-in page, agent), AppAdmin, Live Data (agent, supervisor)',
  );
});

it('makes the pages that people miss one problem with its cause, as grave as the gravest', () => {
  const { problems, headline } = summarise(run);
  expect(problems.map(({ fault, severity, symptoms }) => [fault, severity, symptoms.length])).toEqual([
    ['legacy-protocol-accepted', 'critical', 5],
  ]);
  expect(headline).toMatch(/^1 problem \(1 critical\)/);
});

it('counts a page at the port of its cause, not at the node that it is seen from', () => {
  const failover = missed('uccx1', 'Finesse failover, agent', 'pc-managed');
  const standings = (findings: Run['findings']): string[] =>
    endpointsOf({ ...run, findings }).map(
      ({ place, standing }) => `${place.machine}:${String(place.port)} ${standing}`,
    );
  const own = `${subject.machine}:${String(subject.port)}`;
  const well = { ...cause, subject: failover.subject, verdict: { status: 'absent' } } as const;
  expect(standings([cause, well, failover])).toContain(`${own} critical`);
  expect(standings([cause, well, failover])).toContain(`uccx1:${String(subject.port)} well`);
  const alone = missed('uccx1', 'Finesse failover, agent', 'pc-managed', 'another | finding');
  expect(standings([cause, well, alone])).toContain(`uccx1:${String(subject.port)} critical`);
});

const answer = '8443 on cucm1, which presents cucm1.example.com, which expired on 2026-01-01';
const symptom = 'People read "Invalid User ID/Password".';
const asked = pages.map((page) => ({ ...page, verdict: { ...page.verdict, asks: [answer], symptom } }));
const because = `uccx1 and uccx2 ask ${answer}`;

it('says once what machines ask whose own ports are well, and nothing of what browsers stop at', () => {
  expect(askedWords(asked)).toEqual([because]);
  expect(askedWords(asked.slice(0, 2))).toEqual([`uccx1 asks ${answer}`]);
  expect(askedWords(pages)).toEqual([]);
  const symptomOf = (findings: Run['findings']): unknown =>
    summarise({ ...run, findings: [cause, ...findings] }).problems[0]?.symptom;
  expect(symptomOf(asked)).toBe(symptom);
  // One browser that was stopped is enough.
  expect(symptomOf([...asked, ...pages.slice(0, 1)])).toBe(`${String(symptomOf([]))} ${symptom}`);
});

it('keeps a page for itself whose cause is not there', () => {
  const alone = missed('uccx1', 'Finesse sign-in', 'pc-managed', 'another | finding');
  expect(summarise({ ...run, findings: [cause, alone] }).problems.map(({ fault }) => fault)).toEqual([
    'browser-refuses',
    'legacy-protocol-accepted',
  ]);
});

function rendered(id: string, of: Run): unknown {
  return reporters.find((reporter) => reporter.id === id)?.render(of, null)[0]?.contents;
}

it.each([
  ['terminal', /because +uccx1 and uccx2 ask 8443 on cucm1, which presents [^]*why it matters +People read "Invalid/],
  ['html', /<p>Because uccx1 and uccx2 ask 8443 on cucm1, which [^]*<dt>Why it matters<\/dt><dd>People read &quot;Inv/],
])('says in the report why they are missed: %s', (id, words) => {
  expect(rendered(id, { ...run, findings: [cause, ...asked] })).toMatch(words);
});

it.each([
  ['terminal', 'pages missed    uccx1  Finesse sign-in, Finesse desktop (agent, supervisor)'],
  ['terminal', 'trace: traces/uccx1-8445-pc-managed.zip'],
  ['html', 'trace: <b>traces/uccx1-8445-pc-managed.zip'],
  ['html', '<dt>Pages missed</dt><dd><ul><li><b>uccx1</b> Finesse sign-in, Finesse desktop (agent, supervisor)'],
])('names them in the report: %s', (id, words) => {
  expect(rendered(id, run)).toContain(words);
});
