import type { ClientPc } from './clients.ts';
import { sha256, type Holdings, type LabMachine } from './machines/machine.ts';
import type { Presentation, TlsPresentation } from './machines/tls-port.ts';

/** All that the lab holds, certificates as SHA-256 of their DER: two equal digests are two equal worlds. */
export interface LabDigest {
  readonly release: string;
  readonly machines: Readonly<
    Record<
      string,
      Holdings & {
        readonly fqdn: string;
        readonly certificates: string;
        readonly isExternal: boolean;
        readonly clockAheadSeconds: number;
        readonly services: Readonly<Record<string, string>>;
        readonly ports: Readonly<Record<string, string | readonly string[]>>;
      }
    >
  >;
  /** What is beside the machines: names, revocations, files. */
  readonly beside: object;
  readonly clients: Readonly<
    Record<string, { readonly anchors: readonly string[]; readonly accepted: readonly string[] }>
  >;
}

/** What a port does besides presenting its certificates, where it does not as usual. */
function mannersOf({ second, versions, group, clientCertificates }: TlsPresentation): string[] {
  return [
    ...(second?.certificates.map((certificate) => `or ${sha256(certificate)}`) ?? []),
    ...(versions === undefined ? [] : [versions.join(' to ')]),
    ...(group === undefined ? [] : [group]),
    ...(clientCertificates?.authorities.map((authority) => `asks for ${sha256(authority)}`) ?? []),
  ];
}

/** The digest of a lab's world. */
export function digestOf({
  release,
  machines,
  clients,
  beside,
}: {
  readonly release: string;
  readonly machines: readonly LabMachine[];
  readonly clients: readonly ClientPc[];
  readonly beside: object;
}): LabDigest {
  const shown = (presentation: Presentation): string | readonly string[] =>
    presentation.as === 'tls'
      ? [...presentation.certificates.map(sha256), ...mannersOf(presentation)]
      : presentation.as;
  return {
    release,
    beside,
    machines: Object.fromEntries(
      machines.map((machine) => [
        machine.id,
        {
          fqdn: machine.fqdn,
          certificates: machine.certificates,
          isExternal: machine.isExternal,
          clockAheadSeconds: machine.clockAheadSeconds,
          ...machine.holdings,
          services: Object.fromEntries(
            machine.services.map(({ name, isStarted }) => [name, isStarted ? 'STARTED' : 'STOPPED']),
          ),
          ports: Object.fromEntries(machine.ports.map((port) => [port.number, shown(port.presents)])),
        },
      ]),
    ),
    clients: Object.fromEntries(
      clients.map((client) => [
        client.id,
        { anchors: client.anchors.map(sha256), accepted: client.accepted.map(sha256) },
      ]),
    ),
  };
}
