import 'reflect-metadata';
import { KeyUsageFlags } from '@peculiar/x509';
import type { RequestWish } from '../../request.ts';

/** The usages as certreq writes them: the first octet of their BIT STRING (RFC 5280 section 4.2.1.3). */
const usageBits: readonly (readonly [bit: number, usage: KeyUsageFlags])[] = [
  [0x80, KeyUsageFlags.digitalSignature],
  [0x40, KeyUsageFlags.nonRepudiation],
  [0x20, KeyUsageFlags.keyEncipherment],
  [0x10, KeyUsageFlags.dataEncipherment],
  [0x08, KeyUsageFlags.keyAgreement],
  [0x04, KeyUsageFlags.keyCertSign],
  [0x02, KeyUsageFlags.cRLSign],
];

/** What the policy file of `certreq -new` asks for, the subject as it stands there; null where it names no common name. */
export function requestInf(policy: string): RequestWish | null {
  const value = (key: string): string | undefined =>
    new RegExp(`^\\s*${key}\\s*=\\s*"?([^"\\r\\n;]*)`, 'im').exec(policy)?.[1]?.trim();
  const subject = value('Subject');
  const commonName = /(?:^|,)\s*CN=([^,]+)/i.exec(subject ?? '')?.[1]?.trim();
  if (subject === undefined || commonName === undefined) return null;
  const bits = Number(value('KeyLength'));
  return {
    commonName,
    subject,
    names: [...policy.matchAll(/dns=([^&"\s]+)/gi)].map(([, name = '']) => name),
    ...(bits > 0 ? { key: { rsa: bits } } : {}),
    usages: usagesOf(Number(value('KeyUsage') ?? 0)),
    purposes: [...policy.matchAll(/^\s*OID\s*=\s*"?([\d.]+)/gim)].map(([, oid = '']) => oid),
  };
}

function usagesOf(octet: number): KeyUsageFlags | null {
  const asked = usageBits.flatMap(([bit, usage]) => ((octet & bit) === 0 ? [] : [usage]));
  return asked.reduce<KeyUsageFlags | null>((all, usage) => (all === null ? usage : all | usage), null);
}
