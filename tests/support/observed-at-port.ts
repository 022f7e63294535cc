import type { Machine } from '#model/inventory.ts';
import type {
  EndpointPlace,
  Observation,
  Observed,
  ProbeFailure,
  Variant,
  VariantOutcome,
} from '#model/observation.ts';
import { sha256 } from '#model/digest.ts';
import { now } from './certificates.ts';
import type { Answer, Held, Seen, VariantAnswer } from './seen.ts';

const at = now.toISOString();

/** What was seen of the ports of a machine: what each presents, or why nobody knows. */
export function portsOf(machine: Machine, answers: Readonly<Record<number, Answer>>, held: Held): Observation[] {
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

/** What else was seen at port 443 of the machine that is judged. */
export function firstPortOf(machine: Machine, seen: Seen, held: Held): Observation[] {
  const place = placeOf(machine, 443);
  const observations: Observation[] = [];
  const recorded = { place, at, outcome: 'recorded' } as const;
  if (typeof seen.picked === 'string') {
    const agreed = { cipherSuite: 'TLS_RSA_WITH_AES_128_CBC_SHA', ephemeralKey: null, key: 'proved' } as const;
    const value = { ...agreed, protocol: seen.picked, milliseconds: 1 };
    observations.push({ ...recorded, kind: 'tls-handshake', value });
  } else if (seen.picked !== undefined)
    observations.push({ kind: 'tls-handshake', place, at, outcome: 'failed', failure: seen.picked });
  if (seen.variants !== undefined) {
    const value = Object.entries(seen.variants).map(([variant, answer]) => ({
      variant: variant as Variant,
      outcome: outcomeOf(variant, answer, held),
    }));
    observations.push({ ...recorded, kind: 'tls-variants', value });
  }
  if (seen.clientCertificate !== undefined)
    observations.push({ ...recorded, kind: 'client-certificate', value: seen.clientCertificate });
  if (seen.resolution !== undefined) {
    const named = { at: 'name', machine: machine.id, name: machine.fqdn ?? '' } as const;
    const answer = answered<'name-resolution'>(seen.resolution);
    observations.push({ kind: 'name-resolution', place: named, at, ...answer });
  }
  if (seen.revocation !== undefined) {
    const value = seen.revocation.map((answer, number) => ({
      certificate: sha256(seen.presents?.[number]?.der ?? Buffer.alloc(0)),
      url: 'http://ca.example.com/list.crl',
      answer,
    }));
    observations.push({ ...recorded, kind: 'revocation', value });
  }
  if (seen.clock !== undefined) observations.push({ kind: 'clock', place, at, ...answered<'clock'>(seen.clock) });
  return observations;
}

function answered<K extends 'name-resolution' | 'clock'>(answer: Observed<K> | ProbeFailure) {
  return 'reason' in answer
    ? ({ outcome: 'failed', failure: answer } as const)
    : ({ outcome: 'recorded', value: answer } as const);
}

function placeOf(machine: Machine, port: number): EndpointPlace {
  const address = machine.address ?? '192.0.2.11';
  return { at: 'endpoint', machine: machine.id, port, address, serverName: machine.fqdn };
}

function outcomeOf(variant: string, answer: VariantAnswer, held: Held): VariantOutcome {
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
