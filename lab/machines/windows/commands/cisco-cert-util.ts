import { createPrivateKey, createPublicKey } from 'node:crypto';
import { daysFrom, issue, newKey } from '../../../authority.ts';
import { storeNameOf, storeNames, thumbprintOf, windowsName } from '../certificate-store.ts';
import { hostCertificate, hostKey } from '../installation.ts';
import type { Call, Program } from '../program.ts';
import { certificateOf } from './certutil.ts';

const usage = [
  'CiscoCertUtil Usage:',
  'CiscoCertUtil [/generateCert [/curve <name>] [/f]] | [/generateCSR [/curve <name>]] |',
  '              [/remove <certificate> <my|root|ca>] | [/install <file> <my|root|ca>] | [/list]',
].join('\n');

/** CiscoCertUtil of CCE (Security Guide 15.0): makes host.pem, and puts certificates into the stores of Windows. Where no document shows its words, they are inferred. */
export const ciscoCertUtil: Program = {
  name: 'ciscocertutil',
  run: async (call) => {
    const [verb = '', ...rest] = call.args;
    switch (verb.toLowerCase()) {
      case '/generatecert':
        return generate(call, rest.includes('/f'));
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

async function generate({ machine, io }: Call, isForced: boolean): Promise<number> {
  if (!isForced && machine.files.exists(hostCertificate)) {
    io.print(`Certificate already exists: ${hostCertificate}. Use /f to overwrite.`);
    return 1;
  }
  const host = machine.fqdn;
  io.print(
    `openssl.exe req -x509 -newkey rsa:2048 -days 7300 -nodes -subj /CN=${host} -out ${hostCertificate} -keyout ${hostKey}`,
  );
  // The key stays, so that a request that was made from it stays good.
  const kept = machine.files.exists(hostKey) ? createPrivateKey(machine.files.read(hostKey)) : null;
  const key = kept !== null && !isForced ? { privateKey: kept, publicKey: createPublicKey(kept) } : await newKey();
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
  machine.files.install(hostKey, key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  io.print('Certificate generated successfully.');
  return 0;
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
