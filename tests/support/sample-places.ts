import { createHash } from 'node:crypto';
import type { Subject } from '#model/finding.ts';
import type { Client, Machine } from '#model/inventory.ts';
import type { ClientId, MachineId, MachineType, Sha256 } from '#model/names.ts';
import type { EndpointPlace, Observation, ProbeFailure } from '#model/observation.ts';
import { sampleCertificates } from './sample-certificates.ts';

type CertificateName = keyof typeof sampleCertificates;

export const digest = (base64: string): Sha256 =>
  createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex') as Sha256;
export const sha = (name: CertificateName): Sha256 => digest(sampleCertificates[name]);

export const uccx1 = 'uccx1' as MachineId;
export const uccx2 = 'uccx2' as MachineId;
export const ccp = 'ccp' as MachineId;
export const cucm1 = 'cucm1' as MachineId;
export const crm = 'crm' as MachineId;
export const managed = 'pc-managed' as ClientId;
export const branch = 'pc-branch' as ClientId;

export const viewOf = (
  machine: MachineId,
  port: number,
  client: ClientId,
): Omit<EndpointPlace, 'at'> & { client: ClientId } => ({
  machine,
  port,
  address: addresses[machine] ?? null,
  serverName: `${machine}.example.com`,
  client,
});

export const uccxPorts = [443, 5223, 7443, 8443, 8444, 8445, 8447, 12015];
const addresses: Readonly<Record<string, string>> = {
  uccx1: '192.0.2.11',
  uccx2: '192.0.2.12',
  ccp: '192.0.2.21',
  cucm1: '192.0.2.31',
  crm: '198.51.100.7',
};

export const machine = (id: MachineId, type: MachineType, ports: number[], release: string | null): Machine => ({
  id,
  type,
  fqdn: `${id}.example`,
  release,
  address: null,
  certificates: type === 'CCP' || type === 'CM_PUBLISHER' ? 'self-signed' : 'ca-signed',
  ports,
  connect: {},
});

export const client = (id: ClientId): Client => ({
  id,
  anchors: [sha('root')],
  accepted: [],
  audiences: ['agents', 'supervisors'],
});

export const place = (id: MachineId, port: number): EndpointPlace => ({
  at: 'endpoint',
  machine: id,
  port,
  address: addresses[id] ?? null,
  serverName: `${id}.example`,
});

export const endpoint = (id: MachineId, port: number, seenBy?: ClientId): Subject => ({
  scope: 'endpoint',
  machine: id,
  port,
  address: addresses[id] ?? null,
  serverName: `${id}.example`,
  ...(seenBy === undefined ? {} : { client: seenBy }),
});

export const at = '2026-11-22T03:15:07Z';

export function answered(id: MachineId, port: number, ...certificates: CertificateName[]): Observation[] {
  const where = place(id, port);
  return [
    { kind: 'connection', place: where, at, outcome: 'recorded', value: { answer: 'tls' } },
    {
      kind: 'certificate-list',
      place: where,
      at,
      outcome: 'recorded',
      value: { certificates: certificates.map(sha) },
    },
    {
      kind: 'tls-handshake',
      place: where,
      at,
      outcome: 'recorded',
      value: {
        protocol: id === crm ? 'TLSv1.3' : 'TLSv1.2',
        cipherSuite: id === crm ? 'TLS_AES_256_GCM_SHA384' : 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
        ephemeralKey: { type: 'ECDH', group: 'secp256r1', bits: 256 },
        key: 'proved',
        milliseconds: 8.4,
      },
    },
  ];
}

export const timedOut: ProbeFailure = { reason: 'timed-out', stage: 'connect', afterMs: 3000 };
export const refused: ProbeFailure = { reason: 'connection-refused' };

export function failed(id: MachineId, port: number, failure: ProbeFailure): Observation[] {
  const kinds = ['connection', 'certificate-list', 'tls-handshake'] as const;
  return kinds.map((kind) => ({ kind, place: place(id, port), at, outcome: 'failed', failure }));
}
