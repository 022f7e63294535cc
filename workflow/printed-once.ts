import { certificatesOfPem } from '#model/pem.ts';
import type { Runbook, RunbookLine, RunbookStep } from '#model/runbook.ts';
import { certificateTitle, isReadable, readCertificate } from '#x509/certificate.ts';

type Change = Runbook['changes'][number];

/** The same changes with each certificate printed once, by its name where it is wanted again: later steps say where it stands. */
export function printedOnce(changes: readonly Change[]): Change[] {
  const wanted = new Map<string, number>();
  for (const { text } of changes.flatMap(({ steps }) => steps.flatMap(linesOf)).filter(isCertificate))
    wanted.set(text, (wanted.get(text) ?? 0) + 1);
  const printedIn = new Map<string, string>();
  const once = (line: RunbookLine, number: string): RunbookLine[] => {
    if (!isCertificate(line) || (wanted.get(line.text) ?? 0) < 2) return [line];
    const title = titleOf(line.text);
    const first = printedIn.get(line.text);
    if (first !== undefined)
      return [{ kind: 'click', text: `The certificate ${title}: it is printed in step ${first}.` }];
    printedIn.set(line.text, number);
    return [{ kind: 'click', text: `The certificate ${title}:` }, line];
  };
  return changes.map((change, at) => ({
    ...change,
    steps: change.steps.map((step, place) => {
      const lines = (own: readonly RunbookLine[]): RunbookLine[] =>
        own.flatMap((line) => once(line, `${String(at + 1)}.${String(place + 1)}`));
      return { ...step, ways: step.ways.map((way) => ({ ...way, lines: lines(way.lines) })), back: lines(step.back) };
    }),
  }));
}

function linesOf({ ways, back }: RunbookStep): RunbookLine[] {
  return [...ways.flatMap(({ lines }) => lines), ...back];
}

function isCertificate({ kind, text }: RunbookLine): boolean {
  return kind === 'paste' && text.startsWith('-----BEGIN CERTIFICATE-----');
}

function titleOf(pem: string): string {
  const [der] = certificatesOfPem(pem);
  const certificate = der === undefined ? null : readCertificate(der);
  return certificate !== null && isReadable(certificate) ? certificateTitle(certificate) : 'that cannot be read';
}
