import { createHash, generateKeyPairSync } from 'node:crypto';
import ssh from 'ssh2';

/** A host key and its fingerprint as OpenSSH writes it. */
export interface HostKey {
  readonly privateKey: string;
  readonly fingerprint: string;
}

export function newHostKey(): HostKey {
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'sec1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const parsed = ssh.utils.parseKey(privateKey);
  if (parsed instanceof Error) throw parsed;
  const digest = createHash('sha256').update(parsed.getPublicSSH()).digest('base64').replace(/=+$/, '');
  return { privateKey, fingerprint: `SHA256:${digest}` };
}
