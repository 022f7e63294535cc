import 'reflect-metadata';
import { KeyUsageFlags } from '@peculiar/x509';
import { asSigned, serverAuthentication, type Wanted } from '../../authority.ts';

/** A certificate template of the CA. */
export interface Template {
  readonly name: string;
  readonly title: string;
  /** What it writes into a certificate. */
  readonly extensions: Pick<Wanted, 'keyUsage' | 'extendedKeyUsage' | 'basicConstraints'>;
  readonly years: number;
}

export const templates: readonly Template[] = [
  {
    name: 'WebServer',
    title: 'Web Server',
    extensions: {
      keyUsage: { usages: KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, critical: true },
      extendedKeyUsage: { usages: [serverAuthentication], critical: false },
      basicConstraints: null,
    },
    years: 2,
  },
  {
    // Web Server duplicated, with the encryption of user data and client authentication: what Cisco asks for (215534).
    name: 'ClientServer',
    title: 'Client and Server',
    extensions: asSigned,
    years: 2,
  },
];

/** The template's name as Windows writes it into a certificate: szOID_ENROLL_CERTTYPE_EXTENSION, a BMPString. */
export function templateExtension({ name }: Template): NonNullable<Wanted['extra']>[number] {
  const text = Buffer.from(name, 'utf16le').swap16();
  return {
    oid: '1.3.6.1.4.1.311.20.2',
    critical: false,
    value: Buffer.concat([Buffer.from([0x1e, text.length]), text]),
  };
}
