import { createHash } from 'node:crypto';
import { readFile } from '#keystores/read-file.ts';
import type { Machine } from '#model/inventory.ts';
import type { Observation } from '#model/observation.ts';
import { now } from './certificates.ts';
import type { Held, Seen } from './seen.ts';

const at = now.toISOString();

type Identities = NonNullable<Seen['identities']>;

/** What the stores of the machine that is judged hold, and of its peer the identities. */
export function storesOf(
  [machine, own]: readonly [Machine, Identities],
  [peer, ofPeer]: readonly [Machine, Identities],
  seen: Seen,
  held: Held,
): Observation[] {
  const observations: Observation[] = [];
  if (seen.holds !== undefined) {
    const common = {
      kind: 'trust-store',
      place: { at: 'store', machine: machine.id, store: 'tomcat-trust' },
      at,
    } as const;
    const { holds } = seen;
    if ('reason' in holds) observations.push({ ...common, outcome: 'failed', failure: holds });
    else {
      const entries = [
        ...held(holds).map((certificate, place) => ({ name: `entry ${String(place + 1)}`, certificate })),
        ...held(seen.completes).map((certificate) => ({ name: 'CA', certificate, in: 'CA' as const })),
      ];
      observations.push({ ...common, outcome: 'recorded', value: { entries } });
    }
  }
  const ofStore = (store: string, of = machine) => ({ place: { at: 'store', machine: of.id, store }, at }) as const;
  const identities = [
    ...Object.entries(own).map((entry) => [machine, ...entry] as const),
    ...Object.entries(ofPeer).map((entry) => [peer, ...entry] as const),
  ];
  for (const [of, unit, identity] of identities) {
    const common = { ...ofStore(unit, of), kind: 'identity-store' } as const;
    if (identity !== null && 'reason' in identity)
      observations.push({ ...common, outcome: 'failed', failure: identity });
    else {
      const [certificate = null] = held(identity === null ? [] : [identity]);
      observations.push({ ...common, outcome: 'recorded', value: { unit, certificate } });
    }
  }
  for (const [unit, waits] of Object.entries(seen.waiting ?? {})) {
    const common = { ...ofStore(unit), kind: 'pending-request' } as const;
    observations.push(
      waits !== null && 'reason' in waits
        ? { ...common, outcome: 'failed', failure: waits }
        : {
            ...common,
            outcome: 'recorded',
            value: { request: waits === null ? null : Buffer.from(waits).toString('base64') },
          },
    );
  }
  for (const [identity, binding] of Object.entries(seen.bindings ?? {})) {
    const common = { ...ofStore(identity), kind: 'binding' } as const;
    if ('reason' in binding) observations.push({ ...common, outcome: 'failed', failure: binding });
    else {
      const { port, bound, isHeld, noted = null } = binding;
      const [certificate = null] = held(bound === null || isHeld === false ? [] : [bound]);
      const thumbprint = bound === null ? null : createHash('sha1').update(bound.der).digest('hex');
      observations.push({ ...common, outcome: 'recorded', value: { port, thumbprint, certificate, noted } });
    }
  }
  if (seen.keyStore !== undefined) {
    const common = { ...ofStore('.keystore'), kind: 'key-store' } as const;
    if ('reason' in seen.keyStore) observations.push({ ...common, outcome: 'failed', failure: seen.keyStore });
    else {
      const reading = readFile(seen.keyStore, seen.password ?? null);
      held([...reading.certificates.values()].map((der) => ({ der })));
      observations.push({ ...common, outcome: 'recorded', value: reading.contents });
    }
  }
  return observations;
}

/** What the files given to `uccert check` hold. */
export function filesOf(machine: Machine, seen: Seen, held: Held): Observation[] {
  const observations: Observation[] = [];
  for (const [index, { content, as: role = 'checked' }] of (seen.files ?? []).entries()) {
    const reading = readFile(Buffer.from(content), seen.password ?? null);
    held([...reading.certificates.values()].map((der) => ({ der })));
    const place = { at: 'file', machine: machine.id, path: `file-${String(index + 1)}` } as const;
    const value = { role, unit: seen.unit ?? null, names: [...(seen.names ?? [])], contents: reading.contents };
    observations.push({ kind: 'certificate-file', place, at, outcome: 'recorded', value });
  }
  return observations;
}
