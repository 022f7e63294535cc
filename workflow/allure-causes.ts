import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Present, PresentFinding } from '#model/finding.ts';
import { findingKey, isPresent } from '#model/verdict.ts';
import { subjectTitle } from '#model/subject.ts';
import type { Run } from '#model/run.ts';

/** Of a result of allure-playwright what is read and changed here; the rest is handed through. */
const Result = z.looseObject({
  status: z.string(),
  labels: z.array(z.object({ name: z.string(), value: z.string() })),
  statusDetails: z.looseObject({ message: z.string().optional() }).optional(),
});

/**
 * Puts the verdict of each page into its result: a test knows what the browser refused, the run which certificate of which port is
 * behind it, and of a page that nobody could look at that people miss it.
 */
export function tellCauses(folder: string, run: Run): void {
  if (!existsSync(folder)) return;
  const causes = causesByPage(run);
  for (const name of readdirSync(folder).filter((each) => each.endsWith('-result.json'))) {
    const file = join(folder, name);
    const result = Result.parse(JSON.parse(readFileSync(file, 'utf8')));
    const label = (wanted: string): string | undefined => result.labels.find((each) => each.name === wanted)?.value;
    const cause = causes.get(
      keyOf({ machine: label('machine'), port: label('port'), page: label('page'), client: label('client') }),
    );
    if (cause === undefined || result.status === 'passed') continue;
    const message = [cause, result.statusDetails?.message ?? ''].join('\n\n').trim();
    const status = result.status === 'skipped' ? 'failed' : result.status;
    writeFileSync(file, JSON.stringify({ ...result, status, statusDetails: { ...result.statusDetails, message } }));
  }
}

function causesByPage({ findings }: Run): ReadonlyMap<string, string> {
  const behind = new Map(findings.filter(isPresent).map((finding) => [findingKey(finding), finding]));
  return new Map(
    findings.flatMap(({ fault, subject, verdict }) =>
      fault === 'browser-refuses' && subject.scope === 'endpoint' && verdict.status === 'present'
        ? [
            [
              keyOf({ ...subject, port: String(subject.port) }),
              causeOf(verdict, behind.get(verdict.symptomOf ?? '')),
            ] as const,
          ]
        : [],
    ),
  );
}

interface PageLabels {
  readonly machine: string | undefined;
  readonly port: string | undefined;
  readonly page?: string | undefined;
  readonly client?: string | undefined;
}

function keyOf({ machine, port, page, client }: PageLabels): string {
  return JSON.stringify([machine, port, page, client]);
}

/** What was seen, and the finding that it is put down to. */
function causeOf({ because }: Present, cause: PresentFinding | undefined): string {
  const seen = `${because.charAt(0).toUpperCase()}${because.slice(1)}.`;
  return cause === undefined ? seen : `${seen} Behind it: ${cause.fault} at ${subjectTitle(cause.subject)}.`;
}
