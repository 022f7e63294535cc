import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Case } from '#faults/scene.ts';
import { judge } from '#faults/judge.ts';
import type { Fault } from '#faults/define-fault.ts';
import { readFile } from '#keystores/read-file.ts';
import type { FileRole } from '#model/certificate-file.ts';
import { sha256 } from '#model/digest.ts';
import { Finding, subjectMachine, type Severity, type Status } from '#model/finding.ts';
import {
  usualThresholds,
  type BrowserName,
  type Client,
  type Deployment,
  type Machine,
  type Thresholds,
} from '#model/inventory.ts';
import { audiences, type Audience, type ClientId, type MachineId } from '#model/names.ts';
import type {
  EndpointPlace,
  Observation,
  Observed,
  ProbeFailure,
  Variant,
  VariantOutcome,
} from '#model/observation.ts';
import { now, type Sent } from './certificates.ts';

/** How a port answered: with these certificates, not at all, in another language; or why nobody knows. */
export type Answer =
  readonly Sent[] | 'refused' | { readonly speech: Speech; readonly firstBytes: string } | ProbeFailure;
type Speech = Extract<Observed<'connection'>, { answer: 'not-tls' }>['speech'];

/** What became of a variant: this list, a protocol accepted, a group of so many bits, a refusal, or why nobody knows. */
export type VariantAnswer =
  | readonly Sent[]
  | 'accepted'
  | 'closed'
  | { readonly bits: number }
  | { readonly alert: string }
  | { readonly version: string }
  | ProbeFailure;

/** What was seen, told briefly. What is left out is as on a plain UCCX publisher that nobody trusts. */
export interface Seen {
  readonly now?: Date;
  readonly thresholds?: Partial<Thresholds>;
  /** UCCX unless said; null as for a target of the command line. */
  readonly deployment?: Deployment | null;
  /** The machine judged: `uccx1`, a UCCX publisher of release 12.5(1)SU3. */
  readonly machine?: Partial<Machine>;
  /** What port 443 presents. */
  readonly presents?: readonly Sent[];
  /** What several ports answer. */
  readonly ports?: Readonly<Record<number, Answer>>;
  /** Another machine, and how its ports answered. */
  readonly peer?: Partial<Machine> &
    Pick<Machine, 'type'> & {
      readonly answers?: Readonly<Record<number, Answer>>;
      /** The identities that its stores hold. */
      readonly identities?: Readonly<Record<string, Sent | null | ProbeFailure>>;
    };
  /** Links that have TLS here, of those that have it only where somebody set it up. */
  readonly secured?: readonly string[];
  /** The protocol version that 443 picked from the usual offer, or why there was none. */
  readonly picked?: string | ProbeFailure;
  /** What became of the variants asked at 443; those left out were not asked. */
  readonly variants?: Partial<Readonly<Record<Variant, VariantAnswer>>>;
  /** What 443 asks of its clients. */
  readonly clientCertificate?: Observed<'client-certificate'>;
  /** What the resolver says of the machine's name. */
  readonly resolution?: Observed<'name-resolution'> | ProbeFailure;
  /** What the authorities say of what port 443 presents, in its order. */
  readonly revocation?: readonly Observed<'revocation'>[number]['answer'][];
  /** The clock that port 443 tells. */
  readonly clock?: Observed<'clock'> | ProbeFailure;
  /** The machine's tomcat-trust. */
  readonly holds?: readonly Sent[] | ProbeFailure;
  /** Of Windows: intermediates beside them, in the store CA. */
  readonly completes?: readonly Sent[];
  /** What the stores of the machine hold as identities, by name; null where the store has none. */
  readonly identities?: Readonly<Record<string, Sent | null | ProbeFailure>>;
  /** What is bound, by identity: the port, the certificate, whether the store has it, and what DiagFwCertMgr noted. */
  readonly bindings?: Readonly<Record<string, SeenBinding | ProbeFailure>>;
  /** The key store of Java that the machine uses. */
  readonly keyStore?: Uint8Array | ProbeFailure;
  /** The page on 443 through the eyes of the first client. */
  readonly page?: Observed<'browser-page'> | ProbeFailure;
  readonly clients?: readonly {
    readonly anchors?: readonly Sent[];
    readonly accepted?: readonly Sent[];
    readonly audiences?: readonly Audience[];
    readonly public?: true;
    /** Why the rest of what it trusts is not known. */
    readonly unread?: ProbeFailure;
    readonly browser?: BrowserName;
  }[];
  /** Certificates met elsewhere in the run. */
  readonly known?: readonly Sent[];
  /** Files given to `uccert check`, meant for the machine; `as` checked unless said. */
  readonly files?: readonly { readonly content: Uint8Array | string; readonly as?: FileRole }[];
  /** Of those files: the certificate purpose, the names, and the password of key stores. */
  readonly unit?: string;
  /** The requests that wait on the machine, DER by purpose; null where none waits. */
  readonly waiting?: Readonly<Record<string, Uint8Array | null | ProbeFailure>>;
  readonly names?: readonly string[];
  readonly password?: string;
}

export interface SeenBinding {
  readonly port: number;
  readonly bound: Sent | null;
  readonly isHeld?: false;
  readonly noted?: string;
}

interface Named extends Seen {
  readonly name: string;
}

/** A case, and what the verdict must say besides its status. */
interface WithReason extends Named {
  readonly because?: string | RegExp;
}

interface PresentCase extends WithReason {
  readonly severity?: Severity;
  /** The certificate at fault. */
  readonly at?: Sent;
  /** Values of the evidence by their labels. */
  readonly evidence?: Readonly<Record<string, RegExp>>;
  /** What to do in this very case; null where the advice of the fault holds. */
  readonly advice?: RegExp | null;
  /** What people see in this very case. */
  readonly symptom?: RegExp;
  /** What is behind it. */
  readonly cause?: string;
}

interface InconclusiveCase extends Named {
  /** Why the evidence is not there. */
  readonly reason: ProbeFailure['reason'] | 'not-probed';
}

type AtLeastOne<T> = readonly [T, ...T[]];

const at = now.toISOString();

function machineOf(id: string, changes: Partial<Machine> = {}): Machine {
  return {
    id: id as MachineId,
    type: 'UCCX_PUBLISHER',
    fqdn: `${id}.example.com`,
    release: '12.5(1)SU3',
    address: null,
    certificates: 'self-signed',
    ports: [],
    connect: {},
    ...changes,
  };
}

/** The case that a judgement is made from, written out. */
export function caseOf(faults: readonly Fault[], seen: Seen): Case {
  const certificates: Record<string, string> = {};
  const held = (list: readonly Sent[] = []): ReturnType<typeof sha256>[] =>
    list.map(({ der }) => {
      const digest = sha256(der);
      certificates[digest] = Buffer.from(der).toString('base64');
      return digest;
    });

  const machine = machineOf('uccx1', seen.machine);
  const { answers, identities: ofPeer, ...changes } = seen.peer ?? { type: 'TLS_SERVER' };
  const peer = machineOf('peer', changes);
  const clients = (seen.clients ?? [{}]).map((client, place): Client => ({
    id: `pc-${String(place + 1)}` as ClientId,
    anchors: held(client.anchors),
    accepted: held(client.accepted),
    audiences: [...(client.audiences ?? audiences)],
    ...(client.public === undefined ? {} : { public: client.public }),
    ...(client.unread === undefined ? {} : { unread: client.unread }),
    ...(client.browser === undefined ? {} : { browser: client.browser }),
  }));

  const observations: Observation[] = [
    ...portsOf(machine, { ...(seen.presents === undefined ? {} : { 443: seen.presents }), ...seen.ports }, held),
    ...portsOf(peer, answers ?? {}, held),
  ];
  const atFirst = { place: placeOf(machine, 443), at, outcome: 'recorded' } as const;
  if (typeof seen.picked === 'string') {
    const agreed = { cipherSuite: 'TLS_RSA_WITH_AES_128_CBC_SHA', ephemeralKey: null, key: 'proved' } as const;
    const value = { ...agreed, protocol: seen.picked, milliseconds: 1 };
    observations.push({ ...atFirst, kind: 'tls-handshake', value });
  } else if (seen.picked !== undefined)
    observations.push({ ...atFirst, kind: 'tls-handshake', outcome: 'failed', failure: seen.picked });
  if (seen.variants !== undefined) {
    const value = Object.entries(seen.variants).map(([variant, answer]) => ({
      variant: variant as Variant,
      outcome: outcomeOf(variant, answer, held),
    }));
    observations.push({ ...atFirst, kind: 'tls-variants', value });
  }
  if (seen.clientCertificate !== undefined)
    observations.push({ ...atFirst, kind: 'client-certificate', value: seen.clientCertificate });
  const answered = <K extends 'name-resolution' | 'clock'>(answer: Observed<K> | ProbeFailure) =>
    'reason' in answer
      ? ({ outcome: 'failed', failure: answer } as const)
      : ({ outcome: 'recorded', value: answer } as const);
  if (seen.resolution !== undefined) {
    const place = { at: 'name', machine: machine.id, name: machine.fqdn ?? '' } as const;
    const answer = answered<'name-resolution'>(seen.resolution);
    observations.push({ kind: 'name-resolution', place, at, ...answer });
  }
  if (seen.revocation !== undefined) {
    const value = seen.revocation.map((answer, number) => ({
      certificate: sha256(seen.presents?.[number]?.der ?? Buffer.alloc(0)),
      url: 'http://ca.example.com/list.crl',
      answer,
    }));
    observations.push({ ...atFirst, kind: 'revocation', value });
  }
  if (seen.clock !== undefined) {
    const answer = answered<'clock'>(seen.clock);
    observations.push({ kind: 'clock', place: placeOf(machine, 443), at, ...answer });
  }
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
    ...Object.entries(seen.identities ?? {}).map((entry) => [machine, ...entry] as const),
    ...Object.entries(ofPeer ?? {}).map((entry) => [peer, ...entry] as const),
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
  if (seen.page !== undefined) {
    const client = clients[0]?.id ?? ('pc-1' as ClientId);
    const place = { at: 'page', machine: machine.id, port: 443, client, page: '/' } as const;
    const common = { kind: 'browser-page', place, at } as const;
    const { page } = seen;
    observations.push(
      'reason' in page
        ? { ...common, outcome: 'failed', failure: page }
        : { ...common, outcome: 'recorded', value: page },
    );
  }
  for (const [index, { content, as: role = 'checked' }] of (seen.files ?? []).entries()) {
    const reading = readFile(Buffer.from(content), seen.password ?? null);
    held([...reading.certificates.values()].map((der) => ({ der })));
    const place = { at: 'file', machine: machine.id, path: `file-${String(index + 1)}` } as const;
    const value = { role, unit: seen.unit ?? null, names: [...(seen.names ?? [])], contents: reading.contents };
    observations.push({ kind: 'certificate-file', place, at, outcome: 'recorded', value });
  }
  held(seen.known);
  return {
    faults,
    inventory: {
      file: null,
      deployment: seen.deployment === undefined ? 'UCCX' : seen.deployment,
      release: machine.release,
      machines: seen.peer === undefined ? [machine] : [machine, peer],
      clients,
      ...(seen.secured === undefined ? {} : { secured: [...seen.secured] }),
      thresholds: { ...usualThresholds, ...seen.thresholds },
    },
    certificates,
    observations,
    judgedAt: seen.now ?? now,
  };
}

function placeOf(machine: Machine, port: number): EndpointPlace {
  const address = machine.address ?? '192.0.2.11';
  return { at: 'endpoint', machine: machine.id, port, address, serverName: machine.fqdn };
}

function outcomeOf(
  variant: string,
  answer: VariantAnswer,
  held: (list: readonly Sent[]) => Observed<'certificate-list'>['certificates'],
): VariantOutcome {
  if (answer === 'closed') return { outcome: 'refused', how: { by: 'close' } };
  const answered = {
    outcome: 'answered',
    protocol: /^(SSL|TLS)v/.test(variant) ? variant : 'TLSv1.2',
    cipherSuite: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
    certificates: [],
    ephemeralKey: null,
    key: 'not-asked',
  } as const;
  if (answer === 'accepted') return answered;
  if ('reason' in answer) return { outcome: 'failed', failure: answer };
  if ('alert' in answer) return { outcome: 'refused', how: { by: 'alert', alert: answer.alert } };
  if ('version' in answer) return { outcome: 'refused', how: { by: 'version', protocol: answer.version } };
  if ('bits' in answer) return { ...answered, ephemeralKey: { type: 'DH', group: null, bits: answer.bits } };
  return { ...answered, certificates: held(answer) };
}

function portsOf(
  machine: Machine,
  answers: Readonly<Record<number, Answer>>,
  held: (list: readonly Sent[]) => Observed<'certificate-list'>['certificates'],
): Observation[] {
  return Object.entries(answers).flatMap(([port, answer]): Observation[] => {
    const place = placeOf(machine, Number(port));
    const connection = { kind: 'connection', place, at } as const;
    const list = { kind: 'certificate-list', place, at } as const;
    if (answer === 'refused') {
      return [
        { ...connection, outcome: 'recorded', value: { answer } },
        { ...list, outcome: 'failed', failure: { reason: 'connection-refused' } },
      ];
    }
    if ('reason' in answer) {
      return [
        { ...connection, outcome: 'failed', failure: answer },
        { ...list, outcome: 'failed', failure: answer },
      ];
    }
    if ('speech' in answer) {
      return [
        { ...connection, outcome: 'recorded', value: { answer: 'not-tls', ...answer } },
        { ...list, outcome: 'failed', failure: { reason: 'not-tls', speech: answer.speech } },
      ];
    }
    return [
      { ...connection, outcome: 'recorded', value: { answer: 'tls' } },
      { ...list, outcome: 'recorded', value: { certificates: held(answer) } },
    ];
  });
}

/**
 * Tests a fault by table. Each case goes through `judge`, so that scope and missing evidence count, and its first finding about
 * the machine is looked at; with several clients that is the first client's.
 */
export function testFault(
  fault: Fault,
  cases: {
    readonly present: AtLeastOne<PresentCase>;
    readonly absent: AtLeastOne<Named>;
    readonly notApplicable?: AtLeastOne<WithReason>;
    readonly inconclusive?: AtLeastOne<InconclusiveCase>;
  },
): void {
  const verdictOf = <S extends Status>(seen: Seen, status: S): Extract<Finding['verdict'], { status: S }> => {
    const input = caseOf([fault], seen);
    const finding = judge(input).find(({ subject }) => subject.scope === 'file' || subjectMachine(subject) === 'uccx1');
    expect(finding, 'no finding about the machine').toBeDefined();
    const { verdict } = Finding.parse(finding);
    expect(verdict).toMatchObject({ status });
    return verdict as Extract<Finding['verdict'], { status: S }>;
  };

  describe(fault.id, () => {
    test.each(cases.present)('present: $name', (seen) => {
      const { because, evidence, severity, certificate, advice, symptom, cause } = verdictOf(seen, 'present');
      expect(because).toMatch(/^[^\p{Cc}!]*\S[^\p{Cc}!]*$/u);
      expect(evidence.filter(({ label, value }) => label.trim() === '' || value.trim() === '')).toEqual([]);
      if (certificate !== undefined) expect(Object.keys(caseOf([fault], seen).certificates)).toContain(certificate);
      if (seen.because !== undefined) expect(because).toMatch(seen.because);
      if (seen.severity !== undefined) expect(severity).toBe(seen.severity);
      if (seen.advice !== undefined) expect(advice ?? '').toMatch(seen.advice ?? /^$/);
      if (seen.cause !== undefined) expect(cause).toBe(seen.cause);
      if (seen.symptom !== undefined) expect(symptom ?? '').toMatch(seen.symptom);
      for (const [label, value] of Object.entries(seen.evidence ?? {}))
        expect(evidence.find((each) => each.label === label)?.value, label).toMatch(value);
      if (seen.at !== undefined) expect(certificate).toBe(sha256(seen.at.der));
    });
    test.each(cases.absent)('absent: $name', (seen) => {
      verdictOf(seen, 'absent');
    });
    if (cases.notApplicable)
      test.each(cases.notApplicable)('not applicable: $name', (seen) => {
        const { because } = verdictOf(seen, 'not-applicable');
        expect(because).toMatch(seen.because ?? /\S/);
      });
    if (cases.inconclusive)
      test.each(cases.inconclusive)('inconclusive: $name', (seen) => {
        const reasons = verdictOf(seen, 'inconclusive').missing.map(({ failure }) =>
          failure === 'not-probed' ? failure : failure.reason,
        );
        expect(reasons).toContain(seen.reason);
      });
  });
}
