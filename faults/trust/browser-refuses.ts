import type { Machine } from '#model/inventory.ts';
import type { RefusedRequest } from '#model/observation.ts';
import type { Certificate } from '#x509/certificate.ts';
import { extensionTitle } from '#x509/oids.ts';
import { cisco } from '#products/sources.ts';
import { behindUrl, gadgetHost, portOf, saysPasswordIsWrong, signInAuthorities, type Behind } from '../behind-page.ts';
import { absent, advised, defineFault, present, titled } from '../define-fault.ts';
import { instant } from '../words.ts';

/** Critical extensions that UCCX takes from CUCM: keyUsage and basicConstraints (CSCvd56174). */
const takenByUccx = ['2.5.29.15', '2.5.29.19'];

/** What to do where no certificate was seen to be behind it. */
const ofThePage =
  'No certificate was seen to be behind it: look at the service that the page needs, and at what its screenshot shows. Where the page was rebuilt, give its parts under selectors in the inventory.';

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
      const causes = signInInWords(machine, behind, now);
      return present(severity, [`signing in as ${page.as} was refused`, ...causes].join('; '), { account: page.as });
    }
    const picture = page.screenshot === null ? {} : { screenshot: page.screenshot };
    if (page.outcome === 'refused') {
      const { url, error, certificate } = page;
      return present(
        severity,
        `the browser stopped at the page itself: ${refusalInWords({ url, of: 'page', error, certificate }, behind, now)}`,
        { url: page.url, error: page.error, ...picture },
        page.certificate ?? behindUrl(page.url, behind)?.sha256,
      );
    }
    const refused = (page.refusals ?? []).map((refusal) => refusalInWords(refusal, behind, now));
    const evidence = {
      url: page.url,
      ...picture,
      ...Object.fromEntries(
        (page.refusals ?? []).map(({ url, of, error }, at) => [`refused ${at + 1}`, `${of} ${url}: ${error}`]),
      ),
    };
    const certificate = (page.refusals ?? [])
      .map((refusal) => refusal.certificate ?? behindUrl(refusal.url, behind)?.sha256)
      .find((digest) => digest !== undefined);
    if (page.outcome === 'shown') {
      return refused.length === 0
        ? absent
        : present('major', `the page is shown, but not all of it: ${refused.join('; ')}`, evidence, certificate);
    }
    const causes = refused.length === 0 ? causesInWords(page.missing, machine, behind, now) : refused;
    const because = [`expected and not seen: ${page.missing}`, ...causes].join('; ');
    const verdict = present(severity, because, evidence, certificate);
    return causes.length > 0 ? verdict : advised(ofThePage, titled('The page does not work in the browser', verdict));
  },
});

/** `12015 on uccx2 presents CN=…, valid until … (net::ERR_CERT_DATE_INVALID)`. */
function refusalInWords({ url, error, certificate }: RefusedRequest, behind: Behind, now: Date): string {
  const found = portOf(url, behind.machines);
  const at = found === null ? url : `${String(found.port)} on ${found.machine.id}`;
  const seen = (certificate === null ? null : behind.certificateOf(certificate)) ?? behindUrl(url, behind);
  return `${at} ${seen === null ? 'is refused' : `presents ${certificateInWords(seen, now)}`} (${error})`;
}

function certificateInWords({ subject, issuer, notBefore, notAfter, subjectAltName }: Certificate, now: Date): string {
  const validity =
    now > notAfter
      ? `which expired on ${instant(notAfter)}`
      : now < notBefore
        ? `which is not valid before ${instant(notBefore)}`
        : `valid until ${instant(notAfter)}`;
  const issued = issuer === subject ? 'self-signed' : `issued by ${issuer}`;
  return `${subject}, for ${subjectAltName?.dns.join(', ') ?? 'no dNSName'}, ${issued}, ${validity}`;
}

/** What the words of a page point to. */
function causesInWords(missing: string, machine: Machine, behind: Behind, now: Date): string[] {
  if (saysPasswordIsWrong(missing)) return signInInWords(machine, behind, now);
  const found = gadgetHost(missing, behind.machines);
  if (found === null) return [];
  const seen = behind.presentedAt(found.machine, found.port);
  const from = `Finesse on ${machine.id} does not get the gadget from ${String(found.port)} on ${found.machine.id}`;
  return [
    seen === null
      ? `${from}, where no certificate was seen: look there first`
      : `${from}; see whether ${machine.id} trusts it (uccert trust): it presents ${certificateInWords(seen, now)}`,
  ];
}

/** What a machine asks whether a password is right, and what it is presented there. */
function signInInWords(machine: Machine, behind: Behind, now: Date): string[] {
  return signInAuthorities(machine, behind.machines).map(({ machine: authority, port }) => {
    const seen = behind.presentedAt(authority, port);
    const answer = seen === null ? 'where no certificate was seen' : `which presents ${oddities(seen, now)}`;
    return `${machine.id} asks ${String(port)} on ${authority.id}, ${answer}`;
  });
}

function oddities(certificate: Certificate, now: Date): string {
  const others = certificate.extensions.filter(({ oid, critical }) => critical && !takenByUccx.includes(oid));
  const critical = others.map(({ oid }) => `${extensionTitle(oid)} marked critical, which UCCX does not take`);
  return [certificateInWords(certificate, now), ...critical].join(', ');
}
