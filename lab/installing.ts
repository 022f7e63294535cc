import { issue, newKey, type Wanted } from './authority.ts';
import { selfSignedCertificate, signedCertificate } from './certificates.ts';
import type { VosMachine, TomcatIdentity } from './machines/vos/machine.ts';
import { identityFor } from './machines/windows/first-identities.ts';
import { putIdentity } from './machines/windows/install.ts';
import type { WindowsMachine } from './machines/windows/machine.ts';
import type { KnownTo, Peers } from './peers.ts';
import type { World } from './world.ts';

export type CertificateChanges = Partial<Wanted> & Pick<TomcatIdentity, 'sentWith'>;

/** A certificate for a machine as this lab issues them, with changes. */
export async function identityOf(
  lab: World,
  machine: VosMachine,
  { sentWith, ...wanted }: CertificateChanges = {},
): Promise<TomcatIdentity> {
  const isSelf = (wanted.issuer ?? (lab.isSigned ? lab.authority.intermediate : 'self')) === 'self';
  // Without a wish for another key the certificate is for the machine's own, as if it had had it all along.
  const key = wanted.key ?? machine.identity.key;
  const identity = await issue(
    isSelf
      ? selfSignedCertificate(machine, lab.now(), { ...wanted, key })
      : signedCertificate(machine, lab.now(), { issuer: lab.authority.intermediate, ...wanted, key }),
  );
  return { ...identity, ...(sentWith === undefined ? {} : { sentWith }) };
}

/** Gives a VOS machine another certificate, as if it had been there for long: its ports present it, and who knew it knows it. */
export async function installOnVos(
  machine: VosMachine,
  identity: TomcatIdentity,
  peers: Peers,
  knownTo: KnownTo,
): Promise<void> {
  const before = machine.identity.certificate;
  machine.identity = identity;
  if (machine.isSelfSigned) {
    if (knownTo === 'everyone' || knownTo === 'clients') peers.forget(before);
    peers.makeKnown(machine, machine.identity.certificate, knownTo);
  }
  await machine.startAll();
}

/** Gives an identity of a Windows machine another certificate, likewise. */
export async function installOnWindows(
  lab: World,
  machine: WindowsMachine,
  identity: string,
  changes: Partial<Wanted>,
  peers: Peers,
  knownTo: KnownTo,
): Promise<void> {
  const before = machine.identities.find(({ name }) => name === identity)?.certificate;
  const holder = { type: machine.type, id: machine.id, fqdn: machine.fqdn, key: await newKey() };
  const authority = lab.isSigned ? lab.authority : null;
  const given = await identityFor(holder, identity, lab.now(), authority, changes);
  putIdentity(machine, identity, given);
  const [certificate] = given.chain;
  if (certificate !== undefined && certificate.issuer === certificate.subject) {
    if (before !== undefined) peers.forget(before);
    peers.makeKnown(machine, certificate, knownTo);
  }
  await machine.startAll();
}
