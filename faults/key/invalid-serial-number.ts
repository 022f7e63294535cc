import { rfc } from '#model/rfc.ts';
import { absent, defineFault, present } from '../define-fault.ts';

export const invalidSerialNumber = defineFault({
  id: 'invalid-serial-number',
  category: 'key',
  title: 'The serial number is none that RFC 5280 allows',
  titleAbsent: 'The serial number is positive and short enough',
  symptom:
    'Most clients take it; strict ones cannot read the certificate, and an authority cannot revoke it by its number.',
  cause:
    'The certificate was made by hand or by a small authority that counts from zero or takes random octets as they come.',
  advice: 'Have the certificate issued again with a positive serial number of at most 20 octets.',
  severity: 'minor',
  sources: [rfc(5280, '4.1.2.2')],
  judges: 'presented',
  detect({ presented: { endEntity } }) {
    const octets = Buffer.from(endEntity.serialOctets, 'hex');
    const defect = defectOf(octets);
    if (defect === null) return absent;
    return present(
      'minor',
      `the serial number ${defect}`,
      { serialNumber: endEntity.serialOctets, octets: String(octets.length) },
      endEntity.sha256,
    );
  },
});

/** What is wrong with an INTEGER, by its content octets. */
function defectOf(octets: Uint8Array): string | null {
  if (octets.every((octet) => octet === 0)) return 'is zero';
  if ((octets[0] ?? 0) >= 0x80) return 'is negative';
  return octets.length > 20 ? `has ${String(octets.length)} octets` : null;
}
