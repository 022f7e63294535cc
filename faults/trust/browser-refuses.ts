import type { Present } from '#model/finding.ts';
import type { Machine } from '#model/inventory.ts';
import type { Observed, RefusedRequest } from '#model/observation.ts';
import { certificateTitle, type Certificate } from '#x509/certificate.ts';
import { extensionTitle } from '#x509/oids.ts';
import { cisco } from '#products/sources.ts';
import {
  behindUrl,
  gadgetHost,
  portOf,
  saysPasswordIsWrong,
  signInAuthorities,
  type Behind,
  type PortOfMachine,
} from '../behind-page.ts';
import { absent, defineFault, present } from '../define-fault.ts';
import { instant } from '../words.ts';

/** Critical extensions that UCCX takes from CUCM: keyUsage and basicConstraints (CSCvd56174). */
const takenByUccx = ['2.5.29.15', '2.5.29.19'];

/** What is said of a page in the very case that was seen. */
type Sight = Required<Pick<Present, 'title' | 'symptom' | 'advice'>>;

/** A warning is spoken of only where there was one: a part of a page that is refused shows none. */
const sights = {
  warning: {
    title: 'The browser shows a warning in the place of the page',
    symptom: 'People see the warning of their browser; Chrome says "Your connection is not private".',
    advice:
      'Put right what is found at the port that is named. Proceeding past the warning is no remedy: HSTS takes it away.',
  },
  error: {
    title: 'The browser shows an error in the place of the page',
    symptom: 'People see an error that nobody can proceed past.',
    advice: 'Put right what is found at the port that is named.',
  },
  part: {
    title: 'The browser refuses a part of the page',
    symptom: 'The page opens, and a part of it stays empty or does not go on; the browser says nothing of it.',
    advice:
      'Put right what is found at the port that is named. Opened as a page of its own, that port shows the warning that a part of a page does not.',
  },
  signIn: {
    title: 'Nobody is signed in',
    symptom: 'People read that their user ID or password is wrong: "Invalid User ID/Password".',
    advice:
      'Where the password is right, the machine cannot ask whether it is: put right what is found at the port that is named, and see in uccert trust whether it is trusted.',
  },
  page: {
    title: 'The page does not work in the browser',
    symptom: 'The page opens, and does not show what it should.',
    advice:
      'No certificate was seen to be behind it: look at the service that the page needs, and at what its screenshot shows. Where the page was rebuilt, give its parts under selectors in the inventory.',
  },
} as const satisfies Readonly<Record<string, Sight>>;

/** Of a gadget that Finesse itself does not get: no browser sees why, and the store decides. */
function gadgetSight({ id }: Machine, { machine, port }: PortOfMachine): Sight {
  return {
    title: 'A gadget is not retrieved',
    symptom: 'The page opens, and says "Unable to retrieve spec" in the place of the gadget.',
    advice: `uccert trust decides whether tomcat-trust of ${id} trusts ${machine.id}: look at the link from ${id} to ${machine.id}:${String(port)}, and import what it names. Where it is trusted, look at the service behind the port.`,
  };
}

/** `asks`: what the machine asks before it can show the page. */
function said(sight: Sight, verdict: Present, asks: readonly string[] = []): Present {
  return { ...verdict, ...sight, ...(asks.length === 0 ? {} : { asks: [...asks] }) };
}

/** The files that show it, as they lie beside the run. */
function filesOf(page: Observed<'browser-page'>): Readonly<Record<string, string>> {
  return {
    ...(page.screenshot === null ? {} : { screenshot: page.screenshot }),
    ...(page.outcome === 'shown' || page.trace === undefined ? {} : { trace: page.trace }),
  };
}

/** What browsers say of a certificate, and not of the handshake before it. */
const isOfCertificate = /ERR_CERT_|SEC_ERROR_|MOZILLA_PKIX_|BAD_CERT_DOMAIN/;

export const browserRefuses = defineFault({
  id: 'browser-refuses',
  category: 'trust',
  title: 'The browser does not show the page',
  titleAbsent: 'The browser shows the page',
  symptom: '"Your connection is not private", or the page or a gadget of it stays empty.',
  cause:
    'The certificate of the port, or of another one that the page needs, does not satisfy the browser or the server; the findings about that port say why.',
  advice:
    'Put right what is found at the port that is named. Proceeding past the warning is no remedy: HSTS takes it away.',
  severity: 'critical',
  sources: [
    cisco.uccxCertificates('Client applications and certificates'),
    {
      document: 'Chromium source',
      section: 'net/base/net_error_list.h',
      url: 'https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h',
      confidence: 'seen in public code',
      read: '2026-11-22',
    },
    {
      document: 'Firefox source',
      section: 'toolkit/neterror/certError.ftl',
      url: 'https://github.com/mozilla-l10n/firefox-l10n-source/blob/main/toolkit/toolkit/neterror/certError.ftl',
      confidence: 'seen in public code',
      read: '2026-11-22',
    },
  ],
  judges: 'page',
  detect({ machine, listener, page, ...behind }, { now }) {
    const severity = listener?.audiences.includes('agents') === true ? 'critical' : 'major';
    if (page.outcome === 'sign-in-refused') {
      const asks = askedAtSignIn(machine, behind, now);
      const because = [`signing in as ${page.as} was refused`, ...asksInWords(machine, asks)].join('; ');
      return said(sights.signIn, present(severity, because, { account: page.as }), asks);
    }
    if (page.outcome === 'nothing-there')
      return said(sights.error, present(severity, 'the browser gets no answer: connection refused', {}));
    const kept = filesOf(page);
    if (page.outcome === 'refused') {
      const { url, error, certificate } = page;
      const seen = (certificate === null ? null : behind.certificateOf(certificate)) ?? behindUrl(url, behind);
      const presented = seen === null ? '' : `: it presents ${certificateInWords(seen, now)}`;
      const because = `the browser stopped at the page itself${presented} (${error})`;
      const verdict = present(severity, because, { url, error, ...kept }, certificate ?? seen?.sha256);
      return said(isOfCertificate.test(error) ? sights.warning : sights.error, verdict);
    }
    const { refusals = [] } = page;
    const refused = refusalsInWords(refusals, behind, now);
    const evidence = { url: page.url, ...kept };
    const certificate = refusals
      .map((refusal) => refusal.certificate ?? behindUrl(refusal.url, behind)?.sha256)
      .find((digest) => digest !== undefined);
    if (page.outcome === 'shown') {
      if (refused.length === 0) return absent;
      const because = `the page is shown, but not all of it: ${refused.join('; ')}`;
      return said(sights.part, present('major', because, evidence, certificate));
    }
    const { sight, causes, asks } =
      refused.length > 0
        ? { sight: sights.part, causes: refused, asks: [] }
        : pointedTo(page.missing, machine, behind, now);
    const because = [`expected and not seen: ${page.missing}`, ...causes].join('; ');
    return said(sight, present(severity, because, evidence, certificate), asks);
  },
});

/**
 * `8444, 12015 on uccx2 presents uccx2.example.com, self-signed, valid until … (net::ERR_CERT_DATE_INVALID)`: what is alike is said
 * once, with its ports.
 */
function refusalsInWords(refusals: readonly RefusedRequest[], behind: Behind, now: Date): string[] {
  const all = refusals.map(({ url, error, certificate }) => {
    const found = portOf(url, behind.machines);
    const seen = (certificate === null ? null : behind.certificateOf(certificate)) ?? behindUrl(url, behind);
    const at = found === null ? new URL(url).host : `on ${found.machine.id}`;
    const presented = seen === null ? 'is refused' : `presents ${certificateInWords(seen, now)}`;
    return { ports: found === null ? [] : [found.port], words: `${at} ${presented} (${error})` };
  });
  return [...Map.groupBy(all, ({ words }) => words)].map(([words, alike]) => {
    const ports = new Set(alike.flatMap((each) => each.ports));
    return [[...ports].sort((one, other) => one - other).join(', '), words].join(' ').trim();
  });
}

function certificateInWords(certificate: Certificate, now: Date): string {
  const { issuer, notBefore, notAfter, subjectAltName } = certificate;
  const name = certificateTitle(certificate);
  const names = subjectAltName?.dns.join(', ') ?? 'no dNSName';
  const validity =
    now > notAfter
      ? `which expired on ${instant(notAfter)}`
      : now < notBefore
        ? `which is not valid before ${instant(notBefore)}`
        : `valid until ${instant(notAfter)}`;
  const authority = /(?:^|, )CN=([^,]+)/.exec(issuer)?.[1] ?? issuer;
  const issued = issuer === certificate.subject ? 'self-signed' : `issued by ${authority}`;
  return [name, ...(names === name ? [] : [`for ${names}`]), issued, validity].join(', ');
}

/** What the words of a page point to, and what is to be said of it then. */
function pointedTo(
  missing: string,
  machine: Machine,
  behind: Behind,
  now: Date,
): { readonly sight: Sight; readonly causes: readonly string[]; readonly asks: readonly string[] } {
  const asks = saysPasswordIsWrong(missing) ? askedAtSignIn(machine, behind, now) : [];
  if (asks.length > 0) return { sight: sights.signIn, causes: asksInWords(machine, asks), asks };
  const found = gadgetHost(missing, behind.machines);
  if (found === null) return { sight: sights.page, causes: [], asks: [] };
  const seen = behind.presentedAt(found.machine, found.port);
  const answer = seen === null ? 'where no certificate was seen' : `which presents ${certificateInWords(seen, now)}`;
  const asked = `${String(found.port)} on ${found.machine.id}, ${answer}`;
  const causes = [`Finesse on ${machine.id} does not get the gadget from ${asked}`];
  return { sight: gadgetSight(machine, found), causes, asks: [asked] };
}

/** What a machine asks whether a password is right, and what it is presented there. */
function askedAtSignIn(machine: Machine, behind: Behind, now: Date): string[] {
  return signInAuthorities(machine, behind.machines).map(({ machine: authority, port }) => {
    const seen = behind.presentedAt(authority, port);
    const answer = seen === null ? 'where no certificate was seen' : `which presents ${oddities(seen, now)}`;
    return `${String(port)} on ${authority.id}, ${answer}`;
  });
}

function asksInWords({ id }: Machine, asks: readonly string[]): string[] {
  return asks.map((asked) => `${id} asks ${asked}`);
}

function oddities(certificate: Certificate, now: Date): string {
  const others = certificate.extensions.filter(({ oid, critical }) => critical && !takenByUccx.includes(oid));
  const critical = others.map(({ oid }) => `${extensionTitle(oid)} marked critical, which UCCX does not take`);
  return [certificateInWords(certificate, now), ...critical].join(', ');
}
