import 'reflect-metadata';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import * as asn1 from '@peculiar/x509';
import { algorithmOf, daysFrom, issue, newKey, type KeyKind, type KeyPair } from '../../../authority.ts';
import { storeNameOf, storeNames, thumbprintOf, windowsName } from '../certificate-store.ts';
import { hostCertificate, hostKey } from '../installation.ts';
import type { WindowsMachine } from '../machine.ts';
import type { Call, Program } from '../program.ts';
import { certificateOf } from './certutil.ts';

const usage = [
  'CiscoCertUtil Usage:',
  'CiscoCertUtil [/generateCert [/curve <name>] [/f]] | [/generateCSR [/curve <name>]] |',
  '              [/remove <certificate> <my|root|ca>] | [/install <file> <my|root|ca>] | [/list]',
].join('\n');

/** Curves by the names of OpenSSL and by those that SSLUtil of CCE prints. */
const curves: Readonly<Record<string, { readonly ec: 'P-256' | 'P-384' }>> = {
  p256: { ec: 'P-256' },
  prime256v1: { ec: 'P-256' },
  secp256r1: { ec: 'P-256' },
  p384: { ec: 'P-384' },
  secp384r1: { ec: 'P-384' },
};

/** That of SSLUtil (Security Guide 15.0); inferred for this program. */
const usualCurve = 'P384';
const hostRequest = hostCertificate.replace(/pem$/, 'csr'); // inferred

/** CiscoCertUtil of CCE (Security Guide 15.0): makes host.pem, and puts certificates into the stores of Windows. Where no document shows its words, they are inferred. */
export const ciscoCertUtil: Program = {
  name: 'ciscocertutil',
  run: async (call) => {
    const [verb = '', ...rest] = call.args;
    const options = rest.map((option) => option.toLowerCase());
    const kind = kindOf(options);
    switch (kind === null ? '' : verb.toLowerCase()) {
      case '/generatecert':
        return generate(call, kind ?? rsa, options.includes('/f'));
      case '/generatecsr':
        return request(call, kind ?? rsa);
      case '/install':
        return install(call, rest[0] ?? '', rest[1] ?? 'my');
      case '/remove':
        return remove(call, rest[0] ?? '', rest[1] ?? 'my');
      case '/list':
        return list(call);
      default:
        call.io.print(usage);
        return 1;
    }
  },
};

const rsa: KeyKind = { rsa: 2048 };

/** The key that the options ask for; null for a curve that nobody knows. */
function kindOf(options: readonly string[]): KeyKind | null {
  const at = options.indexOf('/curve');
  if (at < 0) return rsa;
  const named = options[at + 1];
  const name = named === undefined || named.startsWith('/') ? usualCurve : named;
  return curves[name.toLowerCase()] ?? null;
}

async function generate({ machine, io }: Call, kind: KeyKind, isForced: boolean): Promise<number> {
  if (!isForced && machine.files.exists(hostCertificate)) {
    io.print(`Certificate already exists: ${hostCertificate}. Use /f to overwrite.`);
    return 1;
  }
  const host = machine.fqdn;
  const newkey = 'ec' in kind ? `ec -pkeyopt ec_paramgen_curve:${kind.ec}` : 'rsa:2048'; // inferred for a curve
  io.print(
    `openssl.exe req -x509 -newkey ${newkey} -days 7300 -nodes -subj /CN=${host} -out ${hostCertificate} -keyout ${hostKey}`,
  );
  const key = isForced ? await newKey(kind) : await keyOf(machine, kind);
  const { certificate } = await issue({
    commonName: host,
    names: null,
    notBefore: daysFrom(machine.now(), 0),
    notAfter: daysFrom(machine.now(), 7300),
    key,
    issuer: 'self',
    keyUsage: null,
    extendedKeyUsage: null,
    basicConstraints: { ca: true, critical: true },
  });
  machine.files.install(hostCertificate, certificate.toString());
  keep(machine, key);
  io.print('Certificate generated successfully.');
  return 0;
}

/** A request over host.key, which stays: a certificate made meanwhile stays good, too. */
async function request({ machine, io }: Call, kind: KeyKind): Promise<number> {
  io.write('Enter the Organizational Unit (OU): '); // inferred: the words; that it asks is documented
  const unit = (await io.readLine())?.trim() ?? '';
  const key = await keyOf(machine, kind);
  keep(machine, key);
  const algorithm = algorithmOf(key.privateKey, 'SHA-256');
  const made = await asn1.Pkcs10CertificateRequestGenerator.create({
    name: [...(unit === '' ? [] : [{ OU: [unit] }]), { CN: [machine.fqdn] }],
    keys: {
      privateKey: key.privateKey.toCryptoKey(algorithm, false, ['sign']) as CryptoKey,
      publicKey: key.publicKey.toCryptoKey(algorithm, true, ['verify']) as CryptoKey,
    },
    signingAlgorithm: algorithm,
  });
  machine.files.install(hostRequest, `${made.toString('pem')}\n`);
  io.print(`CSR generated successfully: ${hostRequest}`);
  return 0;
}

/** host.key, so that a request that was made from it stays good; a new one where there is none of that kind. */
async function keyOf({ files }: WindowsMachine, kind: KeyKind): Promise<KeyPair> {
  if (!files.exists(hostKey)) return newKey(kind);
  const privateKey = createPrivateKey(files.read(hostKey));
  const isOfKind = privateKey.asymmetricKeyType === ('ec' in kind ? 'ec' : 'rsa');
  return isOfKind ? { privateKey, publicKey: createPublicKey(privateKey) } : newKey(kind);
}

function keep({ files }: WindowsMachine, { privateKey }: KeyPair): void {
  files.install(hostKey, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
}

function install({ machine, session, io }: Call, file: string, name: string): number {
  const store = storeNameOf(name);
  if (store === undefined || store === 'WebHosting' || file === '') {
    io.print(usage);
    return 1;
  }
  const certificate = certificateOf(machine.files.read(file, session.folder));
  if (certificate === null) {
    io.print('Failed to load the certificate.');
    return 1;
  }
  if (machine.certificateStore.find(store, thumbprintOf(certificate)) !== undefined) {
    io.print('Certificate already exists in the store.');
    return 1;
  }
  machine.certificateStore.put(store, certificate);
  io.print('Certificate installed successfully.');
  return 0;
}

function remove({ machine, io }: Call, subject: string, name: string): number {
  const store = storeNameOf(name);
  const found =
    store &&
    machine.certificateStore
      .items(store)
      .find(({ certificate }) => certificate.subject.split('\n').includes(`CN=${subject}`));
  if (store === undefined || found === undefined) {
    io.print('Certificate not found in the store.');
    return 1;
  }
  machine.certificateStore.delete(store, thumbprintOf(found.certificate));
  io.print('Certificate removed successfully.');
  return 0;
}

function list({ machine, io }: Call): number {
  for (const store of storeNames.slice(0, 3)) {
    io.print(`Store: ${store}`);
    for (const { certificate } of machine.certificateStore.items(store)) {
      io.print(`  ${windowsName(certificate.subject)}  ${thumbprintOf(certificate)}`);
    }
  }
  return 0;
}
