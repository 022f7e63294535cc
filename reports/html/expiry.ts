import { expiringFrom } from '#model/expiring.ts';
import type { Thresholds } from '#model/inventory.ts';
import type { CertificateFacts, ReadableCertificate } from '../certificates.ts';
import type { Endpoint } from '../endpoints.ts';
import { compare } from '../endpoints.ts';
import { foldSubjects, whereWords } from '../where.ts';
import { dayOf, expiryWords } from '../words.ts';
import { decimal, markup, nothing, type Markup } from './markup.ts';
import { certificateLink, section } from './parts.ts';

const day = 24 * 60 * 60 * 1000;

/** The time line: one bar per certificate that is presented, the first to end on top. */
export function expirySection(
  endpoints: readonly Endpoint[],
  certificates: ReadonlyMap<string, CertificateFacts>,
  { at, thresholds }: { at: Date; thresholds: Thresholds },
): Markup {
  const presented = presentedBy(endpoints, certificates);
  if (presented.length === 0) return nothing;
  const axis = axisOf(
    presented.map(({ certificate }) => certificate),
    at,
  );
  const rows = presented.map(({ certificate, where }) => {
    const tone = toneOf(certificate, at, thresholds);
    return markup`
<tr><th scope="row">${certificateLink(certificate)}<br><span class="soft">${where}</span></th>
<td class="span-cell">${bar(certificate, axis, tone)}</td>
<td class="date"><time datetime="${certificate.notAfter.toISOString()}">${dayOf(certificate.notAfter)}</time><br><span class="tag ${tone}">${expiryWords(certificate.notAfter, at)}</span></td></tr>`;
  });
  const body = markup`
<div class="scroll"><table class="stack"><thead><tr><th scope="col">Certificate, and where it is presented</th><th scope="col" class="span-cell">${scale(axis)}</th><th scope="col">notAfter</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
  return section('expiry', 'When certificates end', `The upright line is ${dayOf(at)}, the day of judging.`, body);
}

interface Presented {
  readonly certificate: ReadableCertificate;
  readonly where: string;
}

function presentedBy(
  endpoints: readonly Endpoint[],
  certificates: ReadonlyMap<string, CertificateFacts>,
): readonly Presented[] {
  const places = new Map<string, Endpoint['place'][]>();
  for (const { place, lists } of endpoints) {
    for (const sha256 of new Set(lists.flat())) places.set(sha256, [...(places.get(sha256) ?? []), place]);
  }
  return [...places]
    .flatMap(([sha256, at]) => {
      const certificate = certificates.get(sha256);
      if (certificate?.isReadable !== true) return [];
      const subjects = at.map(({ machine, port, address, serverName }) => ({
        scope: 'endpoint' as const,
        machine,
        port,
        address,
        serverName,
      }));
      const where = foldSubjects(subjects, new Set()).map(whereWords).join(', ');
      return [{ certificate, where }];
    })
    .sort(
      ({ certificate: one }, { certificate: other }) =>
        one.notAfter.getTime() - other.notAfter.getTime() || compare(one.sha256, other.sha256),
    );
}

interface Axis {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly now: number;
}

/** From half a year back, or the longest expired, to the last end, at most three years ahead: near dates are what is looked for. */
function axisOf(certificates: readonly ReadableCertificate[], at: Date): Axis {
  const now = at.getTime();
  const ends = certificates.map(({ notAfter }) => notAfter.getTime());
  const first = Math.max(Math.min(...ends) - 30 * day, now - 730 * day);
  const last = Math.min(Math.max(...ends) + 30 * day, now + 1095 * day);
  return { from: Math.min(first, now - 180 * day), to: Math.max(last, now + 365 * day), now };
}

/** Percent of the width. */
function position(instant: number, { from, to }: Axis): number {
  return Math.min(100, Math.max(0, ((instant - from) / (to - from)) * 100));
}

function bar({ notBefore, notAfter }: ReadableCertificate, axis: Axis, tone: string): Markup {
  const left = position(notBefore.getTime(), axis);
  const width = Math.max(0.6, position(notAfter.getTime(), axis) - left);
  const now = decimal(position(axis.now, axis));
  const words = `valid from ${dayOf(notBefore)} to ${dayOf(notAfter)}`;
  return markup`<svg class="span ${tone}" role="img" aria-label="${words}"><title>${words}</title><rect class="track" x="0" y="30%" width="100%" height="40%" rx="2"/><rect class="bar" x="${decimal(left)}%" y="30%" width="${decimal(width)}%" height="40%" rx="2"/><line class="now" x1="${now}%" x2="${now}%" y1="0" y2="100%"/></svg>`;
}

/** The turns of the years. */
function scale(axis: Axis): Markup {
  const first = new Date(axis.from).getUTCFullYear() + 1;
  const last = new Date(axis.to).getUTCFullYear();
  const years = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  const ticks = years.map((year) => {
    const x = decimal(position(Date.UTC(year, 0, 1), axis));
    return markup`<line class="tick" x1="${x}%" x2="${x}%" y1="0" y2="100%"/><text x="${x}%" dx="4" y="75%">${year}</text>`;
  });
  return markup`<svg class="span" role="img" aria-label="Validity period">${ticks}</svg>`;
}

function toneOf(certificate: ReadableCertificate, at: Date, thresholds: Thresholds): string {
  const left = certificate.notAfter.getTime() - at.getTime();
  if (left < 0) return 'critical';
  return left < expiringFrom(certificate, thresholds) * day ? 'major' : 'well';
}
