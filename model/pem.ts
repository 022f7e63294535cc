const certificateBlock = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----/g;
const requestBlock =
  /-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----([A-Za-z0-9+/=\s]*)-----END (?:NEW )?CERTIFICATE REQUEST-----/g;

/** The DER of every certificate block of a PEM text (RFC 7468 section 5), in order. Text around the blocks is passed over. */
export function certificatesOfPem(text: string): Buffer[] {
  return [...text.matchAll(certificateBlock)].map(([, base64 = '']) => Buffer.from(base64, 'base64'));
}

/** The DER of every certification request of a PEM text (RFC 7468 section 7), in order. */
export function requestsOfPem(text: string): Buffer[] {
  return [...text.matchAll(requestBlock)].map(([, base64 = '']) => Buffer.from(base64, 'base64'));
}

/** One certificate as a PEM block, lines of 64 characters, with a line feed at the end. */
export function toPem(der: Uint8Array): string {
  return block(der, 'CERTIFICATE');
}

/** One certification request as a PEM block (RFC 7468 section 7). */
export function requestToPem(der: Uint8Array): string {
  return block(der, 'CERTIFICATE REQUEST');
}

function block(der: Uint8Array, label: string): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
