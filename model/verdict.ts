import type { Finding, PresentFinding, Severity } from './finding.ts';
import { subjectKey } from './subject.ts';
import { severities } from './vocabulary.ts';

/** Whether the fault was found. */
export function isPresent(finding: Finding): finding is PresentFinding {
  return finding.verdict.status === 'present';
}

/** Identity of a finding: the fault, the subject, and the certificate where the fault is about one. */
export function findingKey(finding: Finding): string {
  const certificate = isPresent(finding) ? finding.verdict.certificate : undefined;
  return `${finding.fault} | ${subjectKey(finding.subject)}${certificate === undefined ? '' : ` | ${certificate}`}`;
}

/** Whether `severity` is as bad as `limit`, or worse. */
export function isAtLeast(severity: Severity, limit: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(limit);
}
