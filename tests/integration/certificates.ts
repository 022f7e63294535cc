import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './servers.ts';

/** The name every end entity certificate is for, where it is for one at all. */
export const serverName = 'server.lab.test';

const configuration = `
[ca]
default_ca = own
[own]
database = index.txt
new_certs_dir = .
rand_serial = yes
unique_subject = no
policy = any
[any]
commonName = supplied
[req]
distinguished_name = name
[name]
[authority]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[end]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature,keyEncipherment
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
[server]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature,keyEncipherment
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
subjectAltName = DNS:${serverName}
[self]
basicConstraints = critical,CA:true
subjectKeyIdentifier = hash
subjectAltName = DNS:${serverName}
`;

interface Recipe {
  readonly key: 'rsa' | 'ec' | 'rsa-1024' | 'own';
  /** Null signs for itself. */
  readonly issuer: string | null;
  readonly commonName: string;
  readonly extensions: 'authority' | 'server' | 'end' | 'self';
  readonly digest?: 'sha1' | 'sha256';
  /** Days from now. */
  readonly valid?: readonly [from: number, to: number];
}

/** What openssl makes, an issuer before what it issues. `own` is a key nobody else has; the others are shared, because making keys takes time. */
const recipes = {
  root: { key: 'own', issuer: null, commonName: 'Integration Root', extensions: 'authority' },
  intermediate: { key: 'own', issuer: 'root', commonName: 'Integration Issuing', extensions: 'authority' },
  'other-root': { key: 'own', issuer: null, commonName: 'Somebody Else', extensions: 'authority' },
  rsa: { key: 'rsa', issuer: 'intermediate', commonName: serverName, extensions: 'server' },
  ec: { key: 'ec', issuer: 'intermediate', commonName: serverName, extensions: 'server' },
  'rsa-1024': { key: 'rsa-1024', issuer: 'intermediate', commonName: serverName, extensions: 'server' },
  'sha-1': { key: 'rsa', issuer: 'intermediate', commonName: serverName, extensions: 'server', digest: 'sha1' },
  expired: {
    key: 'rsa',
    issuer: 'intermediate',
    commonName: serverName,
    extensions: 'server',
    valid: [-400, -35],
  },
  'no-san': { key: 'rsa', issuer: 'intermediate', commonName: serverName, extensions: 'end' },
  'from-other-root': { key: 'rsa', issuer: 'other-root', commonName: serverName, extensions: 'server' },
  'self-signed': { key: 'rsa', issuer: null, commonName: serverName, extensions: 'self' },
} as const satisfies Record<string, Recipe>;

export type CertificateName = keyof typeof recipes;

/** Certificates made by the openssl command line, so that nothing of uccert's own has a hand in them. */
export class Certificates {
  readonly #folder: string;
  readonly #openssl: (...args: string[]) => Promise<void>;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#openssl = async (...args) => {
      await runProgram('openssl', args, { cwd: folder, env: { OPENSSL_CONF: join(folder, 'openssl.cnf') } });
    };
  }

  static async make(folder: string): Promise<Certificates> {
    writeFileSync(join(folder, 'openssl.cnf'), configuration);
    writeFileSync(join(folder, 'index.txt'), '');
    const made = new Certificates(folder);
    await Promise.all([
      made.#openssl('genrsa', '-out', 'rsa.key', '2048'),
      made.#openssl('genrsa', '-out', 'rsa-1024.key', '1024'),
      made.#openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', 'ec.key'),
    ]);
    for (const [name, recipe] of Object.entries(recipes) as [CertificateName, Recipe][])
      await made.#issue(name, recipe);
    return made;
  }

  /** File with the private key that goes with a certificate. */
  keyFile(name: CertificateName): string {
    const { key } = recipes[name];
    return join(this.#folder, `${key === 'own' ? name : key}.key`);
  }

  /** File with these certificates in this order. */
  listFile(names: readonly CertificateName[]): string {
    const file = join(this.#folder, `${randomUUID()}.pem`);
    writeFileSync(file, names.map((name) => this.pem(name)).join(''));
    return file;
  }

  pem(name: CertificateName): string {
    return readFileSync(join(this.#folder, `${name}.pem`), 'utf8');
  }

  /** Signs a request as the intermediate would: the way back of `keytool -certreq`. */
  async sign(request: string, certificate: string): Promise<void> {
    await this.#sign(request, certificate, 'intermediate', { extensions: 'server' });
  }

  /** A certificate with its key and issuers as keytool imports them. */
  async pkcs12(names: readonly [CertificateName, ...CertificateName[]], file: string, password: string): Promise<void> {
    const [first, ...others] = names;
    const chain = others.length === 0 ? [] : ['-certfile', this.listFile(others)];
    const input = ['-in', this.listFile([first]), '-inkey', this.keyFile(first), ...chain];
    await this.#openssl('pkcs12', '-export', ...input, '-name', 'server', '-out', file, '-passout', `pass:${password}`);
  }

  async #issue(name: CertificateName, recipe: Recipe): Promise<void> {
    const key = this.keyFile(name);
    if (recipe.key === 'own') await this.#openssl('genrsa', '-out', key, '2048');
    await this.#openssl('req', '-new', '-key', key, '-subj', `/CN=${recipe.commonName}`, '-out', `${name}.csr`);
    await this.#sign(`${name}.csr`, `${name}.pem`, recipe.issuer ?? name, recipe);
  }

  /** `openssl ca` and not `x509 -req`: only it takes the dates as they are. */
  async #sign(
    request: string,
    certificate: string,
    issuer: string,
    { extensions, digest = 'sha256', valid: [from, to] = [-1, 365] }: Pick<Recipe, 'extensions' | 'digest' | 'valid'>,
  ): Promise<void> {
    const key = this.keyFile(issuer as CertificateName);
    const signer =
      certificate === `${issuer}.pem` ? ['-selfsign', '-keyfile', key] : ['-cert', `${issuer}.pem`, '-keyfile', key];
    await this.#openssl(
      ...['ca', '-batch', '-notext', '-md', digest, ...signer, '-extensions', extensions],
      ...['-startdate', instant(from), '-enddate', instant(to), '-in', request, '-out', certificate],
    );
  }
}

function instant(days: number): string {
  const date = new Date(Date.now() + days * 86_400_000);
  return `${date
    .toISOString()
    .replace(/[-:T]/g, '')
    .replace(/\.\d+Z$/, '')}Z`;
}
