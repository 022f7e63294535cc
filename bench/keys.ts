import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The name every measured endpoint is asked for. */
export const serverName = 'uccx.bench.example';

/** A root, an issuing authority and a leaf as PEM files in one folder, RSA-2048 all three. */
export interface Authority {
  readonly folder: string;
  readonly root: string;
  readonly issuing: string;
  readonly issuingKey: string;
  /** The leaf and the issuing authority, as a server is given them. */
  readonly chain: string;
  readonly key: string;
}

const ca = ['-addext', 'basicConstraints=critical,CA:true', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'];

/** Makes an authority and one server certificate with openssl. */
export function makeAuthority(folder: string): Authority {
  const at = (name: string): string => join(folder, name);
  const openssl = (...args: string[]): Buffer =>
    execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'ignore'], cwd: folder });
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-sha256'];
  const under = (name: string): string[] => ['-CA', at(`${name}.pem`), '-CAkey', at(`${name}.key`)];
  const make = (name: string, subject: string, days: number, ...more: string[]): Buffer =>
    openssl(
      ...request,
      ...['-keyout', at(`${name}.key`), '-out', at(`${name}.pem`), '-subj', subject, '-days', String(days)],
      ...more,
    );
  make('root', '/O=Bench/CN=Bench root', 3650, ...ca);
  make('issuing', '/O=Bench/CN=Bench issuing', 1825, ...ca, ...under('root'));
  make('leaf', `/O=Bench/CN=${serverName}`, 365, ...under('issuing'), ...extensionsOf(serverName));
  const [leaf, issuing] = ['leaf', 'issuing'].map((name) => openssl('x509', '-in', at(`${name}.pem`)).toString());
  writeFileSync(at('chain.pem'), `${leaf ?? ''}${issuing ?? ''}`);
  return {
    folder,
    root: at('root.pem'),
    issuing: at('issuing.pem'),
    issuingKey: at('issuing.key'),
    chain: at('chain.pem'),
    key: at('leaf.key'),
  };
}

function extensionsOf(name: string): string[] {
  return [
    `subjectAltName=DNS:${name}`,
    'basicConstraints=critical,CA:false',
    'keyUsage=critical,digitalSignature,keyEncipherment',
    'extendedKeyUsage=serverAuth,clientAuth',
  ].flatMap((extension) => ['-addext', extension]);
}

/** So many files, each with a certificate of its own name and serial number; one key, since nobody reads a key from a certificate twice. */
export function makeCertificateFiles(
  { folder, issuing, issuingKey, key }: Authority,
  into: string,
  files: number,
): void {
  const extensions = extensionsOf('$name').map((word) => `"${word}"`);
  const one = [
    'openssl req -x509 -new -sha256 -days 365 -key "$key" -CA "$issuing" -CAkey "$issuingKey"',
    '-out "$into/$name.pem" -subj "/O=Bench/CN=$name"',
    ...extensions,
  ].join(' ');
  const names = Array.from({ length: files }, (_, place) => `node${String(place)}.bench.example`).join('\n');
  execFileSync('xargs', ['-P4', '-I{}', 'sh', '-c', `name={}; ${one}`], {
    input: names,
    env: { ...process.env, key, issuing, issuingKey, into },
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: folder,
  });
}
