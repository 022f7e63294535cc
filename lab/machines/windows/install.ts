import { randomBytes } from 'node:crypto';
import { productOf } from '#products/index.ts';
import { thumbprintOf } from './certificate-store.ts';
import type { FirstIdentity } from './first-identities.ts';
import { diagnosticApplication, iisApplication } from './http-bindings.ts';
import * as installation from './installation.ts';
import { KeyStoreFile } from './key-store-file.ts';
import { portico, type WindowsMachine } from './machine.ts';

/** Puts onto the empty drive, into the stores and the registry what an installation leaves there. */
export function install(machine: WindowsMachine, identities: ReadonlyMap<string, FirstIdentity>): void {
  const { files, type, release } = machine;
  files.clear();
  for (const folder of installation.folders) files.makeFolder(folder);
  for (const program of installation.programsOf(type, release)) files.install(program, 'MZ');
  for (const path of installation.trustFilesOf(type, release)) {
    files.install(path, new KeyStoreFile('JKS', machine.trustPassword).bytes());
  }
  const { stores } = productOf(type);
  if (stores.some(({ keptIn }) => keptIn?.by === 'java-key-store')) installKeyStore(machine);
  for (const { identity } of stores) {
    const first = identities.get(identity);
    if (first !== undefined) putIdentity(machine, identity, first);
  }
}

/** Puts an identity where its product keeps it; a port shows it when its service starts. */
export function putIdentity(machine: WindowsMachine, identity: string, first: FirstIdentity): void {
  switch (productOf(machine.type).stores.find((store) => store.identity === identity)?.keptIn?.by) {
    case 'java-key-store':
      machine.keep(identity, first);
      return;
    case 'windows-store':
      installBinding(machine, identity, first);
      return;
    case 'pem-files':
      installHostPem(machine, first);
      return;
    case undefined:
      throw new RangeError(`${machine.id} has no identity ${identity}`);
  }
}

function installKeyStore({ files, keyStorePassword, release }: WindowsMachine): void {
  files.install(installation.keyStorePath, new KeyStoreFile('JCEKS', keyStorePassword).bytes());
  // inferred: how the encrypted value looks; it opens nothing here.
  const value = installation.hidesPassword(release) ? randomBytes(24).toString('base64') : keyStorePassword;
  files.install(installation.securityProperties, `Security.keystorePW = ${value}\r\n`);
}

function installBinding(machine: WindowsMachine, identity: string, { chain, key }: FirstIdentity): void {
  const [certificate] = chain;
  const listener = productOf(machine.type).listeners.find(({ presents }) => presents === identity);
  if (certificate === undefined || listener === undefined) return;
  const isPortico = listener.port === portico.port;
  const friendlyName = isPortico ? portico.friendlyName : 'Cisco ICM SSL Certificate';
  machine.certificateStore.put('My', certificate, key.privateKey, friendlyName);
  const thumbprint = thumbprintOf(certificate);
  const applicationId = isPortico ? diagnosticApplication : iisApplication;
  machine.bindings.bind({ port: listener.port, hash: thumbprint.toLowerCase(), applicationId, store: 'My' });
  if (!isPortico) return;
  machine.registry.set(installation.diagnosticKey, 'SelfSignedCertCreatedForDiagFwSvc', thumbprint);
  machine.registry.set(installation.diagnosticKey, 'CertUsedByDiagFwSvc', thumbprint);
}

function installHostPem({ files }: WindowsMachine, { chain, key }: FirstIdentity): void {
  files.install(installation.hostCertificate, chain[0]?.toString() ?? '');
  files.install(installation.hostKey, key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
}
