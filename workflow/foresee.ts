import type { PresentFinding } from '#model/finding.ts';
import { findingKey, isPresent } from '#model/verdict.ts';
import { shownAt } from '#model/subject.ts';
import type { Ending, Forecast } from '#model/forecast.ts';
import type { TrustLink } from '#model/link.ts';
import type { Sha256 } from '#model/names.ts';
import type { Run } from '#model/run.ts';
import type { FaultId } from '#faults/index.ts';
import { faultOf } from '#faults/index.ts';
import { judge } from '#faults/judge.ts';
import { listenersOn } from '#products/index.ts';
import { CertificateBook } from '#x509/book.ts';
import { isReadable } from '#x509/certificate.ts';

/** Faults by which something stops on a day. Those that warn of the day are left out. */
const endings: readonly FaultId[] = [
  'certificate-expired',
  'issuer-expired',
  'trust-certificate-expired',
  'peer-not-trusted',
  'peer-certificate-outdated-in-store',
];

const day = 24 * 60 * 60 * 1000;
/** Endings this close to the first of a window are renewed with it. */
const windowDays = 21;

/** Judges a run at each day on which one of its certificates ends, some months ahead. The same detectors decide as today. */
export function foresee(run: Run, months = 12): Forecast {
  const from = new Date(run.judgedAt);
  const to = new Date(from);
  to.setUTCMonth(to.getUTCMonth() + months);
  const book = new CertificateBook(run.certificates);
  const ends = Object.keys(run.certificates)
    .map((sha256) => book.get(sha256 as Sha256))
    .filter(isReadable)
    .filter(({ notAfter }) => notAfter > from && notAfter <= to)
    .sort((a, b) => a.notAfter.getTime() - b.notAfter.getTime());
  const present = (at: Date): readonly PresentFinding[] => {
    const { inventory, certificates, observations } = run;
    const faults = endings.filter((id) => run.asked.faults.includes(id)).flatMap((id) => faultOf(id) ?? []);
    return judge({ faults, inventory, certificates, observations, judgedAt: at }).filter(isPresent);
  };
  const today = present(from);
  let known = new Set(today.map(findingKey));
  // Several may end at the same instant: each takes the findings that are about it, the first those about none.
  const instants = Map.groupBy(ends, ({ notAfter }) => notAfter.getTime());
  const found = [...instants].flatMap(([instant, certificates]): Ending[] => {
    const then = present(new Date(instant + 1000));
    const added = then.filter((finding) => !known.has(findingKey(finding)));
    known = new Set(then.map(findingKey));
    const owners = new Set(certificates.map(({ sha256 }) => sha256));
    return certificates.flatMap(({ sha256, notAfter }, at) => {
      const own = added.filter(({ verdict: { certificate } }) =>
        certificate !== undefined && owners.has(certificate) ? certificate === sha256 : at === 0,
      );
      return own.length === 0 ? [] : [{ at: notAfter.toISOString(), certificate: sha256, ...stopped(own, run) }];
    });
  });
  const ended = [...Map.groupBy(today, ({ verdict }) => verdict.certificate)]
    .flatMap(([sha256, findings]): Ending[] => {
      const certificate = sha256 === undefined ? null : book.get(sha256);
      if (certificate === null || !isReadable(certificate) || certificate.notAfter > from) return [];
      const { sha256: digest, notAfter } = certificate;
      return [{ at: notAfter.toISOString(), certificate: digest, ...stopped(findings, run) }];
    })
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  return { from: from.toISOString(), to: to.toISOString(), ended, windows: windowsOf(found) };
}

/** What stops with the ports and stores of these findings. */
function stopped(findings: readonly PresentFinding[], run: Run): Pick<Ending, 'subjects' | 'links' | 'audiences'> {
  const subjects = findings.map(({ subject }) => subject);
  const isHit = (link: TrustLink): boolean =>
    subjects.some((subject) => {
      if (subject.scope === 'endpoint')
        return 'port' in link && subject.machine === link.presenter && subject.port === link.port;
      if (subject.scope !== 'trust-relation') return false;
      return subject.relyingParty === link.relyingParty && shownAt(subject) === shownAt(link);
    });
  const audiences = subjects.flatMap((subject) => {
    const machine =
      subject.scope === 'endpoint' ? run.inventory.machines.find(({ id }) => id === subject.machine) : undefined;
    if (machine === undefined || subject.scope !== 'endpoint') return [];
    return listenersOn(machine).find(({ port }) => port === subject.port)?.audiences ?? [];
  });
  return {
    subjects,
    links: (run.links ?? []).filter(isHit),
    audiences: [...new Set(audiences)].filter((audience) => audience !== 'machines').sort(),
  };
}

function windowsOf(found: readonly Ending[]): Forecast['windows'] {
  const windows: { before: string; endings: Ending[] }[] = [];
  for (const ending of found) {
    const last = windows.at(-1);
    const isNear = last !== undefined && Date.parse(ending.at) - Date.parse(last.before) <= windowDays * day;
    if (isNear) last.endings.push(ending);
    else windows.push({ before: ending.at, endings: [ending] });
  }
  return windows;
}
