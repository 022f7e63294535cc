import type { PresentFinding, Subject } from '#model/finding.ts';
import { isAtLeast } from '#model/verdict.ts';
import type { Machine } from '#model/inventory.ts';
import type { Observed, RefusedRequest } from '#model/observation.ts';
import {
  behindUrl,
  gadgetHost,
  portOf,
  saysPasswordIsWrong,
  signInAuthorities,
  silentServers,
  type Behind,
  type PortOfMachine,
} from './behind-page.ts';
import type { FaultId } from './index.ts';

/**
 * What browsers stop at by name, and the faults that make them, the likeliest first. Chromium: net/base/net_error_list.h; Firefox:
 * security/manager/locales/en-US/chrome/pipnss/nsserrors.properties.
 */
const stopping: readonly { readonly error: RegExp; readonly faults: readonly FaultId[] }[] = [
  {
    error: /DATE_INVALID|EXPIRED|NOT_YET_VALID/,
    faults: ['certificate-expired', 'certificate-not-yet-valid', 'issuer-expired'],
  },
  {
    error: /COMMON_NAME_INVALID|BAD_CERT_DOMAIN/,
    faults: ['subject-alternative-name-missing', 'malformed-name', 'name-mismatch'],
  },
  {
    error: /AUTHORITY_INVALID|UNKNOWN_ISSUER|SELF_SIGNED_CERT|CA_CERT_USED_AS_END_ENTITY/,
    faults: ['intermediate-missing', 'untrusted-issuer', 'self-signed-certificate', 'invalid-signature'],
  },
  { error: /VERSION/, faults: ['modern-protocol-refused'] },
  { error: /REVOKED/, faults: ['certificate-revoked'] },
  {
    error: /./,
    faults: [
      'malformed-certificate',
      'issuer-not-a-ca',
      'ca-certificate-as-end-entity',
      'path-length-exceeded',
      'name-constraints-violated',
      'weak-signature-algorithm',
      'invalid-signature',
      'unknown-critical-extension',
      'server-authentication-missing',
      'key-usage-insufficient',
      'weak-key',
      'certificate-version-obsolete',
      'invalid-serial-number',
    ],
  },
];

/** What keeps a machine, or a browser that is told nothing more, from another port. */
const cuttingOff: readonly FaultId[] = [
  'service-not-listening',
  'not-tls',
  'certificate-expired',
  'certificate-not-yet-valid',
  'issuer-expired',
  'unsupported-critical-extension',
  'peer-not-trusted',
  'peer-certificate-outdated-in-store',
];

/** A page as one client met it. */
export interface MetPage {
  readonly machine: Machine;
  readonly client: string | undefined;
  readonly page: Observed<'browser-page'>;
}

/** Which of the faults found is behind what was met at a page; null where none is known to be. */
export function causeOfPage(
  { machine, client, page }: MetPage,
  found: readonly PresentFinding[],
  behind: Behind,
): PresentFinding | null {
  const refusals = page.outcome === 'refused' ? [page] : (page.refusals ?? []);
  const causes = refusals.map((refusal) => causeOfRefusal(refusal, client, found, behind));
  if (page.outcome === 'not-as-documented') {
    const { missing } = page;
    const { machines } = behind;
    const asked = [
      ...(saysPasswordIsWrong(missing) ? signInAuthorities(machine, machines) : []),
      ...[gadgetHost(missing, machines) ?? []].flat(),
    ];
    causes.push(
      ...asked.map((place) => causeBetween(machine, place, found)),
      ...silentServers(missing, machines).map((place) => causeBetween(null, place, found)),
    );
  }
  return causes.find((cause) => cause !== null) ?? null;
}

/** Likewise behind a sign-in that a machine refused: where it can ask nobody whether the password is right. */
export function causeOfRefusedSignIn(
  machine: Machine,
  found: readonly PresentFinding[],
  { machines }: Behind,
): PresentFinding | null {
  const causes = signInAuthorities(machine, machines).map((place) => causeBetween(machine, place, found));
  const [first = null] = causes;
  // One that can be asked is enough: then it is the password.
  return causes.includes(null) ? null : first;
}

/** Behind a page that no browser gets: its port, where nothing was found to listen. */
export function causeOfNothingThere(place: PortOfMachine, found: readonly PresentFinding[]): PresentFinding | null {
  const silent: FaultId = 'service-not-listening';
  return found.find(({ fault, subject }) => fault === silent && isAt(subject, place)) ?? null;
}

function causeOfRefusal(
  { url, error, certificate }: Pick<RefusedRequest, 'url' | 'error' | 'certificate'>,
  client: string | undefined,
  found: readonly PresentFinding[],
  behind: Behind,
): PresentFinding | null {
  const place = portOf(url, behind.machines);
  const digest = certificate ?? behindUrl(url, behind)?.sha256;
  const about = found.filter(({ subject, verdict }) => {
    const isForClient = subject.client === undefined || subject.client === client;
    // A fault of an issuer names the issuer, at the port that sent it.
    return isForClient && (verdict.certificate === digest || isAt(subject, place));
  });
  const { faults = [] } = stopping.find((each) => each.error.test(error)) ?? {};
  return likeliest(faults, about, place);
}

/** What lies between a port and who asks it: a machine, or the browser itself. */
function causeBetween(
  asking: Machine | null,
  place: PortOfMachine,
  found: readonly PresentFinding[],
): PresentFinding | null {
  const isLink = (subject: Subject): boolean =>
    subject.scope === 'trust-relation' &&
    subject.relyingParty === asking?.id &&
    subject.presenter === place.machine.id &&
    'port' in subject &&
    subject.port === place.port;
  const about = found.filter(
    ({ subject, verdict }) =>
      isAtLeast(verdict.severity, 'major') && subject.client === undefined && (isAt(subject, place) || isLink(subject)),
  );
  return likeliest(cuttingOff, about, place);
}

/** The first of the faults that was found, at the place itself where it was found there too. */
function likeliest(
  faults: readonly FaultId[],
  found: readonly PresentFinding[],
  place: PortOfMachine | null,
): PresentFinding | null {
  const best = faults.map((id) => found.filter(({ fault }) => fault === id)).find(({ length }) => length > 0) ?? [];
  return best.find(({ subject }) => isAt(subject, place)) ?? best[0] ?? null;
}

function isAt(subject: Subject, place: PortOfMachine | null): boolean {
  return subject.scope === 'endpoint' && subject.machine === place?.machine.id && subject.port === place.port;
}
