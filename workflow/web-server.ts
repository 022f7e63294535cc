import type { Machine } from '#model/inventory.ts';
import type { Sha256 } from '#model/names.ts';
import { addressAndPort } from '#model/address-and-port.ts';
import type { Inventory } from '#inventory/load.ts';
import type { VerifiedServer } from '#transports/verified-https.ts';

/**
 * The web server on a port of a machine. It proves itself by an anchor of a client profile, or by being exactly a certificate that a
 * profile accepted singly: the programs' own list of authorities is nobody's choice.
 */
export function webServerOn(
  port: number,
  { id, fqdn, address, connect }: Machine,
  { snapshot, certificates }: Inventory,
  host = address ?? fqdn ?? id,
): VerifiedServer {
  const bytesOf = (digest: Sha256): Buffer => Buffer.from(certificates[digest] ?? '', 'base64');
  const mapped = connect[String(port)];
  return {
    ...(mapped === undefined ? { host, port } : addressAndPort(mapped)),
    serverName: fqdn ?? host,
    anchors: snapshot.clients.flatMap(({ anchors }) =>
      anchors.map((digest) => Buffer.from(certificates[digest] ?? '', 'base64')),
    ),
    pinned: snapshot.clients.flatMap(({ accepted }) => accepted.map(bytesOf)),
  };
}
