import { X509Certificate } from 'node:crypto';
import type { Bundle, BundleCertificate } from '#model/bundle.ts';
import { UsageError } from '#model/errors.ts';
import type { Sha256 } from '#model/names.ts';
import { firefoxTrust } from '#inventory/firefox.ts';
import type { Inventory } from '#inventory/load.ts';
import { closedBecause, listenersOn } from '#products/index.ts';
import { certificateTitle, isReadable, readCertificate } from '#x509/certificate.ts';

/** What the PCs of a client profile are to be given, from the profile's own files: nothing that a port was seen to send. */
export function makeBundle(inventory: Inventory, name: string | undefined, at = new Date()): Bundle {
  const { clients, machines } = inventory.snapshot;
  const client = name === undefined && clients.length === 1 ? clients[0] : clients.find(({ id }) => id === name);
  if (client === undefined) {
    const listed = clients.map(({ id }) => id).join(', ') || 'none yet';
    throw new UsageError({
      seen: name === undefined ? 'No client profile was named.' : `The inventory has no client profile ${name}.`,
      matters: 'Each kind of PC trusts its own certificates.',
      todo: `Name one with --client; the inventory has: ${listed}.`,
    });
  }
  const taken = new Set<string>();
  const certificates = [
    ...client.anchors.map((digest) => certificateOf(digest, 'authority', inventory, taken, at)),
    ...client.accepted.map((digest) => certificateOf(digest, 'itself', inventory, taken, at)),
  ];
  if (certificates.length === 0) {
    throw new UsageError({
      seen: `The profile ${client.id} trusts no certificate.`,
      matters: 'A bundle without certificates would look like a remedy.',
      todo: 'Put the root of the authority into its anchors, or self-signed certificates into its accepted: uccert plan does it.',
    });
  }
  const anchors = certificates.filter(({ trust }) => trust === 'authority');
  const anchorsLast = anchors.length === 0 || anchors.some(({ isEnded }) => !isEnded);
  const single = certificates.filter(({ trust }) => trust === 'itself');
  /** Whether what PCs accept for the machine has ended, all of it. */
  const namedByEnded = (fqdn: string | null): boolean => {
    const own = single.filter(({ der }) => fqdn !== null && isFor(der, fqdn));
    return own.length > 0 && own.every(({ isEnded }) => isEnded);
  };
  const pages = machines.flatMap((machine) =>
    listenersOn(machine).flatMap((listener) => {
      const { port, page, title, audiences } = listener;
      const own = audiences.filter((audience) => client.audiences.includes(audience));
      const isTrusted = machine.certificates === 'ca-signed' ? anchorsLast : !namedByEnded(machine.fqdn);
      const isOpen = isTrusted && page !== undefined && own.length > 0 && machine.ports.includes(port);
      const host = machine.fqdn ?? machine.address ?? machine.id;
      if (!isOpen) return [];
      const url = new URL(`https://${host}:${String(port)}${page}`).href;
      return [{ url, title, audiences: own, mayBeClosed: closedBecause(listener, machine.release) }];
    }),
  );
  const firefox = firefoxTrust(client, inventory);
  return { client: client.id, audiences: client.audiences, certificates, firefox, pages };
}

function certificateOf(
  digest: Sha256,
  trust: BundleCertificate['trust'],
  inventory: Inventory,
  taken: Set<string>,
  at: Date,
): BundleCertificate {
  const der = Buffer.from(inventory.certificates[digest] ?? '', 'base64');
  const certificate = readCertificate(der);
  const title = isReadable(certificate) ? certificateTitle(certificate) : digest.slice(0, 16);
  const plain = title.replace(/[^A-Za-z0-9.-]+/g, '-').replace(/^[.-]+|[.-]+$/g, '');
  // Two certificates of one name, as after a renewal, are told apart by their digests.
  const name = plain === '' || taken.has(plain) ? `${plain}-${digest.slice(0, 8)}` : plain;
  taken.add(name);
  const until = isReadable(certificate) ? certificate.notAfter.toISOString().slice(0, 10) : 'unknown';
  const isEnded = isReadable(certificate) && certificate.notAfter <= at;
  const isAuthority = isReadable(certificate) && certificate.basicConstraints?.ca === true;
  return { name, title, der, trust, until, isEnded, isAuthority, sha256: digest };
}

function isFor(der: Uint8Array, fqdn: string): boolean {
  return isReadable(readCertificate(der)) && new X509Certificate(der).checkHost(fqdn) !== undefined;
}
