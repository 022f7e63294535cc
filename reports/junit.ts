import { Builder } from 'xml2js';
import type { Finding } from '#model/finding.ts';
import { subjectKey, subjectMachine } from '#model/subject.ts';
import { excusedIn } from '#model/known.ts';
import type { KnownProblem } from '#model/known-problem.ts';
import type { CatalogueEntry, Run } from '#model/run.ts';
import { visible } from './escape.ts';
import type { Reporter } from './reporter.ts';
import { failureWords } from './words.ts';

/** Results for a build server, which already knows how to show and trend them. */
export const junit: Reporter = {
  id: 'junit',
  title: 'JUnit XML',
  describes: 'For build servers: a suite per machine, a case per finding; a fault is a failure, not judged an error.',
  render: (run) => [{ path: 'junit.xml', contents: junitXml(run) }],
};

interface Body {
  readonly $: Readonly<Record<string, string>>;
  readonly _?: string;
}

interface Case {
  readonly $: { readonly name: string; readonly classname: string };
  readonly failure?: Body;
  readonly error?: Body;
  readonly skipped?: Body;
}

function junitXml(run: Run): string {
  const suites = [...casesByMachine(run)].map(([machine, cases]) => ({
    $: {
      name: machine,
      ...totals(cases),
      time: '0',
      timestamp: run.startedAt.slice(0, 19),
      hostname: visible(run.vantage),
    },
    testcase: cases,
  }));
  const all = suites.flatMap(({ testcase }) => testcase);
  const seconds = (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000;
  const builder = new Builder({ xmldec: { version: '1.0', encoding: 'UTF-8' } });
  const root = { testsuites: { $: { name: 'uccert', ...totals(all), time: String(seconds) }, testsuite: suites } };
  return `${builder.buildObject(root)}\n`;
}

function totals(cases: readonly Case[]): Readonly<Record<string, string>> {
  const having = (result: 'failure' | 'error' | 'skipped'): string =>
    String(cases.filter((one) => one[result] !== undefined).length);
  return {
    tests: String(cases.length),
    failures: having('failure'),
    errors: having('error'),
    skipped: having('skipped'),
  };
}

function casesByMachine(run: Run): ReadonlyMap<string, readonly Case[]> {
  // A run without findings must not turn a build green.
  if (run.findings.length === 0) return new Map([['uccert', [nothingJudged]]]);
  const catalogue = new Map(run.catalogue.map((entry) => [entry.id, entry]));
  const excused = excusedIn(run);
  const suites = new Map<string, Case[]>();
  const names = new Map<string, number>();
  for (const finding of run.findings) {
    const machine = visible(subjectMachine(finding.subject) ?? 'files');
    const name = visible(`${finding.fault} | ${subjectKey(finding.subject)}`);
    // Build servers trend by name: the certificate stays outside it, and what then doubles is numbered.
    const seen = (names.get(name) ?? 0) + 1;
    names.set(name, seen);
    const entry = catalogue.get(finding.fault);
    const $ = {
      name: seen === 1 ? name : `${name} (${seen})`,
      classname: `uccert.${machine}.${visible(entry?.category ?? 'unknown')}`,
    };
    const suite = suites.get(machine) ?? [];
    const problem = excused.get(finding);
    suite.push({ $, ...(problem === undefined ? resultOf(finding, entry) : excuseOf(problem)) });
    suites.set(machine, suite);
  }
  return suites;
}

const nothingJudged: Case = {
  $: { name: 'something was judged', classname: 'uccert' },
  error: {
    $: { message: 'Nothing was judged.', type: 'nothing-judged' },
    _: 'No fault was asked for, or no machine was named. Check the command and the inventory.',
  },
};

/** What people know of must not turn a build red before its day. */
function excuseOf({ until, why, who }: KnownProblem): Omit<Case, '$'> {
  return { skipped: { $: { message: visible(`known until ${until}: ${why} (${who})`) } } };
}

function resultOf({ fault, verdict }: Finding, entry: CatalogueEntry | undefined): Omit<Case, '$'> {
  switch (verdict.status) {
    case 'absent':
      return {};
    case 'not-applicable':
      return { skipped: { $: { message: visible(verdict.because) } } };
    case 'present': {
      const lines = [
        verdict.because,
        ...verdict.evidence.map(({ label, value }) => `${label}: ${value}`),
        ...(verdict.certificate === undefined ? [] : [`SHA-256: ${verdict.certificate}`]),
        ...(entry === undefined
          ? []
          : [`Why it matters: ${verdict.symptom ?? entry.symptom}`, `What to do: ${verdict.advice ?? entry.advice}`]),
        ...(entry?.sources ?? [])
          .slice(0, 1)
          .map(({ document, section, url }) => `Source: ${document}, ${section}, ${url}`),
        `More: uccert explain ${fault}`,
      ];
      const title = verdict.title ?? entry?.title ?? fault;
      return {
        failure: {
          $: { message: visible(`${title}: ${verdict.because}`), type: verdict.severity },
          _: lines.map(visible).join('\n'),
        },
      };
    }
    case 'inconclusive': {
      const words = verdict.missing.map(({ of, failure }) => ({ of: visible(of), ...failureWords(failure) }));
      const [first] = verdict.missing;
      const type = first === undefined || first.failure === 'not-probed' ? 'not-probed' : first.failure.reason;
      return {
        error: {
          $: { message: words.map(({ of, seen }) => `${of}: ${seen}`).join('; '), type },
          _: words.map(({ of, seen, advice }) => `${of} could not be looked at: ${seen}. ${advice}`).join('\n'),
        },
      };
    }
  }
}
