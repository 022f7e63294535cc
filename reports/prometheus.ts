import type { PresentFinding } from '#model/finding.ts';
import { isPresent } from '#model/verdict.ts';
import { subjectKey, subjectMachine } from '#model/subject.ts';
import { excusedIn } from '#model/known.ts';
import type { Run } from '#model/run.ts';
import { certificatesOf } from './certificates.ts';
import { endpointsOf, type Endpoint } from './endpoints.ts';
import { escapeLabel } from './escape.ts';
import type { Reporter } from './reporter.ts';
import { summarise } from './summary.ts';

/** Metrics for node_exporter's textfile collector: points in time, so that the alert does the counting down. */
export const prometheus: Reporter = {
  id: 'prometheus',
  title: 'Prometheus metrics',
  describes:
    'For alerting and trends, through the textfile collector: when certificates end, which faults are present.',
  render: (run) => [{ path: 'uccert.prom', contents: metrics(run) }],
};

type Labels = Readonly<Record<string, string>>;

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly (readonly [labels: Labels, value: number])[];
}

function metrics(run: Run): string {
  const endpoints = endpointsOf(run);
  const certificates = presentedCertificates(run, endpoints);
  const { counts } = summarise(run);
  const excused = excusedIn(run);
  const present = run.findings.filter(isPresent);
  return [
    metric('uccert_run_info', 'The run these metrics are of; always 1.', [
      [{ run: run.id, version: run.tool.version, vantage: run.vantage, deployment: run.inventory.deployment ?? '' }, 1],
    ]),
    metric('uccert_run_timestamp_seconds', 'When the certificates were judged, in seconds since 1970.', [
      [{}, seconds(Date.parse(run.judgedAt))],
    ]),
    metric(
      'uccert_findings',
      'Findings by verdict.',
      Object.entries(counts).map(([status, number]) => [{ status }, number]),
    ),
    metric(
      'uccert_endpoint_up',
      'Whether the port answered in TLS. A port that its documents say is closed has no value.',
      endpoints
        .filter(({ standing }) => standing !== 'closed')
        .map((endpoint) => [placeLabels(endpoint), isUp(endpoint) ? 1 : 0]),
    ),
    metric(
      'uccert_certificate_not_before_timestamp_seconds',
      'notBefore of a certificate presented, in seconds since 1970. Position 0 is the end entity certificate.',
      certificates.map(({ labels, notBefore }) => [labels, seconds(notBefore.getTime())]),
    ),
    metric(
      'uccert_certificate_not_after_timestamp_seconds',
      'notAfter of a certificate presented, in seconds since 1970. Position 0 is the end entity certificate.',
      certificates.map(({ labels, notAfter }) => [labels, seconds(notAfter.getTime())]),
    ),
    metric(
      'uccert_fault_present',
      'A fault that was found, and that no known problem excuses; always 1. Absent when the fault is.',
      present.filter((finding) => !excused.has(finding)).map((finding) => [faultLabels(finding), 1]),
    ),
    metric(
      'uccert_fault_known',
      'A fault that was found and that a known problem excuses until its day; always 1.',
      present.filter((finding) => excused.has(finding)).map((finding) => [faultLabels(finding), 1]),
    ),
    metric(
      'uccert_inconclusive',
      'Checks that could not be judged, by what could not be looked at and why.',
      unjudgedSamples(run),
    ),
  ]
    .map(exposition)
    .join('');
}

function faultLabels({ fault, subject, verdict }: PresentFinding): Labels {
  return {
    fault,
    severity: verdict.severity,
    machine: subjectMachine(subject) ?? '',
    port: subject.scope === 'endpoint' ? String(subject.port) : '',
    client: subject.client ?? '',
    subject: subjectKey(subject),
    certificate: verdict.certificate ?? '',
  };
}

/** Findings counted by the first thing each lacked. */
function unjudgedSamples(run: Run): Metric['samples'] {
  const groups = new Map<string, [labels: Labels, value: number]>();
  for (const { subject, verdict } of run.findings) {
    if (verdict.status !== 'inconclusive') continue;
    const [missing] = verdict.missing;
    if (missing === undefined) continue;
    const { of, failure } = missing;
    const reason = failure === 'not-probed' ? failure : failure.reason;
    const labels = { machine: subjectMachine(subject) ?? '', of, reason };
    const key = JSON.stringify(labels);
    groups.set(key, [labels, (groups.get(key)?.[1] ?? 0) + 1]);
  }
  return [...groups.values()];
}

function metric(name: string, help: string, samples: Metric['samples']): Metric {
  return { name, help, samples };
}

/** The text format, version 0.0.4. A series that would come twice is written once: the collector refuses the file otherwise. */
function exposition({ name, help, samples }: Metric): string {
  const series = new Map<string, number>();
  for (const [labels, value] of samples) {
    const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escapeLabel(text)}"`);
    const key = pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`;
    if (!series.has(key)) series.set(key, value);
  }
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} gauge`,
    ...[...series].map(([key, value]) => `${key} ${value}`),
    '',
  ].join('\n');
}

function placeLabels({ place }: Endpoint): Labels {
  return {
    machine: place.machine,
    port: String(place.port),
    address: place.address ?? '',
    server_name: place.serverName ?? '',
  };
}

function isUp({ connection, lists, handshake }: Endpoint): boolean {
  return connection === null ? lists.length > 0 || handshake !== null : connection.answer === 'tls';
}

function presentedCertificates(
  run: Run,
  endpoints: readonly Endpoint[],
): readonly { labels: Labels; notBefore: Date; notAfter: Date }[] {
  const certificates = certificatesOf(run);
  return endpoints.flatMap((endpoint) =>
    endpoint.lists.flatMap((list) =>
      list.flatMap((sha256, position) => {
        const facts = certificates.get(sha256);
        if (facts?.isReadable !== true) return [];
        const { notBefore, notAfter, subject } = facts;
        return [
          { labels: { ...placeLabels(endpoint), subject, sha256, position: String(position) }, notBefore, notAfter },
        ];
      }),
    ),
  );
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
