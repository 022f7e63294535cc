import type { X509Certificate } from 'node:crypto';

/** A name as the CLI prints it, most specific last part first: `L=…, ST=…, CN=…`. */
function nameText(name: string): string {
  return name.split('\n').reverse().join(', ');
}

/** A date as Java prints it: `Tue Nov 07 16:00:00 UTC 2026`. */
function dateText(date: Date): string {
  const [weekday, day, month, year, time] = date.toUTCString().replace(',', '').split(' ');
  return [weekday, month, day, time, 'UTC', year].join(' ');
}

/**
 * A certificate as `show cert own` prints it: text, then the PEM block that engineers copy. The names of the validity and
 * name lines are seen in public code; the rest of the layout is inferred.
 */
export function certificateText(certificate: X509Certificate): string {
  const key = certificate.publicKey.asymmetricKeyType === 'ec' ? 'EC' : 'RSA';
  return `[
  Version: V3
  Serial Number: ${certificate.serialNumber}
  Issuer Name: ${nameText(certificate.issuer)}
  Validity From: ${dateText(certificate.validFromDate)}
           To:   ${dateText(certificate.validToDate)}
  Subject Name: ${nameText(certificate.subject)}
  Key: ${key}
]
${certificate.toString().trimEnd()}`;
}
