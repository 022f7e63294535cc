import { constants, type KeyObject, verify } from 'node:crypto';
import { pssKeyOf, type PssHash } from './pss-key.ts';

/** Protocol versions, RFC 8446 section 4.1.2 and before. */
export const versions = { ssl3: 0x0300, tls10: 0x0301, tls11: 0x0302, tls12: 0x0303, tls13: 0x0304 } as const;

const versionTitles: Readonly<Record<number, string>> = {
  [versions.ssl3]: 'SSLv3',
  [versions.tls10]: 'TLSv1',
  [versions.tls11]: 'TLSv1.1',
  [versions.tls12]: 'TLSv1.2',
  [versions.tls13]: 'TLSv1.3',
};

/** The name of a version as OpenSSL and Node spell it. */
export function versionTitle(version: number): string {
  return versionTitles[version] ?? `0x${version.toString(16).padStart(4, '0')}`;
}

/** How the peer shows that it holds the private key. `static`: by decrypting, which a first flight does not show. */
export type KeyExchange = 'ecdhe' | 'dhe' | 'static' | 'tls13';

interface Suite {
  readonly name: string;
  readonly exchange: KeyExchange;
  /** TLS 1.3 only: hash, cipher and key length in bytes. */
  readonly hash?: 'sha256' | 'sha384';
  readonly cipher?: 'aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305';
  readonly keyLength?: 16 | 32;
}

/** Cipher suites by their IANA number: those a client of today offers first, then what old machines have. */
export const suites: Readonly<Record<number, Suite>> = {
  0x1301: { name: 'TLS_AES_128_GCM_SHA256', exchange: 'tls13', hash: 'sha256', cipher: 'aes-128-gcm', keyLength: 16 },
  0x1302: { name: 'TLS_AES_256_GCM_SHA384', exchange: 'tls13', hash: 'sha384', cipher: 'aes-256-gcm', keyLength: 32 },
  0x1303: {
    name: 'TLS_CHACHA20_POLY1305_SHA256',
    exchange: 'tls13',
    hash: 'sha256',
    cipher: 'chacha20-poly1305',
    keyLength: 32,
  },
  0xc02b: { name: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', exchange: 'ecdhe' },
  0xc02f: { name: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', exchange: 'ecdhe' },
  0xc02c: { name: 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', exchange: 'ecdhe' },
  0xc030: { name: 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', exchange: 'ecdhe' },
  0xcca9: { name: 'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256', exchange: 'ecdhe' },
  0xcca8: { name: 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256', exchange: 'ecdhe' },
  0xc023: { name: 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256', exchange: 'ecdhe' },
  0xc027: { name: 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256', exchange: 'ecdhe' },
  0xc024: { name: 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384', exchange: 'ecdhe' },
  0xc028: { name: 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384', exchange: 'ecdhe' },
  0xc009: { name: 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA', exchange: 'ecdhe' },
  0xc013: { name: 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA', exchange: 'ecdhe' },
  0xc00a: { name: 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA', exchange: 'ecdhe' },
  0xc014: { name: 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA', exchange: 'ecdhe' },
  0xccaa: { name: 'TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256', exchange: 'dhe' },
  0x009e: { name: 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256', exchange: 'dhe' },
  0x009f: { name: 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', exchange: 'dhe' },
  0x0067: { name: 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA256', exchange: 'dhe' },
  0x006b: { name: 'TLS_DHE_RSA_WITH_AES_256_CBC_SHA256', exchange: 'dhe' },
  0x0033: { name: 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA', exchange: 'dhe' },
  0x0039: { name: 'TLS_DHE_RSA_WITH_AES_256_CBC_SHA', exchange: 'dhe' },
  0x0016: { name: 'TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA', exchange: 'dhe' },
  0x009c: { name: 'TLS_RSA_WITH_AES_128_GCM_SHA256', exchange: 'static' },
  0x009d: { name: 'TLS_RSA_WITH_AES_256_GCM_SHA384', exchange: 'static' },
  0x003c: { name: 'TLS_RSA_WITH_AES_128_CBC_SHA256', exchange: 'static' },
  0x003d: { name: 'TLS_RSA_WITH_AES_256_CBC_SHA256', exchange: 'static' },
  0x002f: { name: 'TLS_RSA_WITH_AES_128_CBC_SHA', exchange: 'static' },
  0x0035: { name: 'TLS_RSA_WITH_AES_256_CBC_SHA', exchange: 'static' },
  0x000a: { name: 'TLS_RSA_WITH_3DES_EDE_CBC_SHA', exchange: 'static' },
  0x0005: { name: 'TLS_RSA_WITH_RC4_128_SHA', exchange: 'static' },
  0x0004: { name: 'TLS_RSA_WITH_RC4_128_MD5', exchange: 'static' },
};

/** The IANA name of a suite, or its number. */
export function suiteTitle(suite: number): string {
  return suites[suite]?.name ?? `0x${suite.toString(16).padStart(4, '0')}`;
}

/** Named groups, RFC 8446 section 4.2.7: number to name and size in bits. */
export const groups: Readonly<Record<number, { readonly name: string; readonly bits: number }>> = {
  0x001d: { name: 'X25519', bits: 253 },
  0x0017: { name: 'prime256v1', bits: 256 },
  0x0018: { name: 'secp384r1', bits: 384 },
  0x0019: { name: 'secp521r1', bits: 521 },
};

type SignatureScheme =
  | {
      readonly key: 'rsa' | 'ec' | 'ed25519' | 'ed448';
      readonly hash: 'sha1' | 'sha256' | 'sha384' | 'sha512' | null;
      readonly isPss?: false;
    }
  | { readonly key: 'rsa'; readonly hash: PssHash; readonly isPss: true };

/** Signature schemes, RFC 8446 section 4.2.3. */
export const signatureSchemes: Readonly<Record<number, SignatureScheme>> = {
  0x0403: { key: 'ec', hash: 'sha256' },
  0x0804: { key: 'rsa', hash: 'sha256', isPss: true },
  0x0401: { key: 'rsa', hash: 'sha256' },
  0x0503: { key: 'ec', hash: 'sha384' },
  0x0805: { key: 'rsa', hash: 'sha384', isPss: true },
  0x0501: { key: 'rsa', hash: 'sha384' },
  0x0806: { key: 'rsa', hash: 'sha512', isPss: true },
  0x0601: { key: 'rsa', hash: 'sha512' },
  0x0603: { key: 'ec', hash: 'sha512' },
  0x0807: { key: 'ed25519', hash: null },
  0x0808: { key: 'ed448', hash: null },
  0x0809: { key: 'rsa', hash: 'sha256', isPss: true },
  0x080a: { key: 'rsa', hash: 'sha384', isPss: true },
  0x080b: { key: 'rsa', hash: 'sha512', isPss: true },
  0x0203: { key: 'ec', hash: 'sha1' },
  0x0201: { key: 'rsa', hash: 'sha1' },
};

/** Whether `signature` over `content` verifies with the key under the scheme. What the platform cannot do proves nothing. */
export function verifies(scheme: number, key: KeyObject, content: Buffer, signature: Buffer): boolean {
  const known = signatureSchemes[scheme];
  if (known === undefined) return false;
  try {
    if (known.isPss !== true) return verify(known.hash, content, key, signature);
    return key.asymmetricKeyType === 'rsa'
      ? verify(known.hash, content, pssKeyOf(key, known.hash), signature)
      : verify(known.hash, content, { key, ...pss }, signature);
  } catch {
    return false;
  }
}

const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };

/** AlertDescription of RFC 8446 section B.2 and of its forerunners. */
const alerts: Readonly<Record<number, string>> = {
  0: 'close_notify',
  10: 'unexpected_message',
  20: 'bad_record_mac',
  21: 'decryption_failed',
  22: 'record_overflow',
  30: 'decompression_failure',
  40: 'handshake_failure',
  41: 'no_certificate',
  42: 'bad_certificate',
  43: 'unsupported_certificate',
  44: 'certificate_revoked',
  45: 'certificate_expired',
  46: 'certificate_unknown',
  47: 'illegal_parameter',
  48: 'unknown_ca',
  49: 'access_denied',
  50: 'decode_error',
  51: 'decrypt_error',
  60: 'export_restriction',
  70: 'protocol_version',
  71: 'insufficient_security',
  80: 'internal_error',
  86: 'inappropriate_fallback',
  90: 'user_canceled',
  100: 'no_renegotiation',
  109: 'missing_extension',
  110: 'unsupported_extension',
  111: 'certificate_unobtainable',
  112: 'unrecognized_name',
  113: 'bad_certificate_status_response',
  114: 'bad_certificate_hash_value',
  115: 'unknown_psk_identity',
  116: 'certificate_required',
  120: 'no_application_protocol',
};

/** The name of an alert. */
export function alertTitle(description: number): string {
  return alerts[description] ?? `alert ${String(description)}`;
}
