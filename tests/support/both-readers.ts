import { expect } from 'vitest';
import { handshake } from '#probes/tls.ts';
import { agreedIn } from '#probes/variants.ts';
import { suites } from '#probes/wire/algorithms.ts';
import { usualOffer } from '#probes/wire/client-hello.ts';
import { look } from '#probes/wire/look.ts';

const limits = { connectMs: 5000, probeMs: 10_000 };

/** Holds what our reader takes from the first flight against a full handshake of OpenSSL: list, version and suite. */
export async function expectReadAlike(
  place: { readonly address: string; readonly port: number },
  serverName: string | null,
): Promise<void> {
  const full = await handshake({ ...place, serverName }, limits);
  if (full.answer !== 'tls') throw new Error(`OpenSSL met ${JSON.stringify(full)}`);
  const { protocol, cipherSuite } = full.handshake;
  // A server may go by the order of its client: the two prefer different suites, so ours is told what OpenSSL got.
  const { terms } = usualOffer(serverName);
  const first = terms.suites.filter((suite) => suites[suite]?.name === cipherSuite);
  const told = { ...terms, suites: [...first, ...terms.suites] };
  const seen = await look(place, { serverName, terms: told }, limits);
  if (seen.answer !== 'tls') throw new Error(`our reader met ${JSON.stringify(seen)}`);
  const { certificates } = seen.flight;
  expect({ ...agreedIn(seen.flight), certificates }).toMatchObject({
    protocol,
    cipherSuite,
    certificates: full.certificates,
    key: cipherSuite.startsWith('TLS_RSA_') ? 'not-proved' : 'proved',
  });
}
