import { afterAll, beforeAll, expect, test } from 'vitest';
import { faults } from '#faults/index.ts';
import { judge } from '#faults/judge.ts';
import { probeEndpoint } from '#probes/endpoint.ts';
import { authority, certificate, rsaKey } from '#tests/support/certificates.ts';
import { caseOf } from '#tests/support/case-of.ts';
import type { MachineId } from '#model/names.ts';
import { listen, presents, type Listening } from './hostile-peers.ts';

/**
 * A certificate with every field that is read, damaged in each of its DER values in turn: the tag, the length, the content, and cut off
 * there. Whatever a peer sends, it comes home as it was sent and every fault reaches a verdict.
 */
const issuer = authority('Issuing CA', { key: rsaKey() });
const { der } = certificate({
  issuer,
  key: rsaKey(),
  ca: 0,
  ip: [[192, 0, 2, 11]],
  keyUsage: [0, 0xff],
  purposes: ['1.3.6.1.5.5.7.3.1'],
  policies: ['2.23.140.1.2.1'],
  constraints: { permitted: [Buffer.from('820b6578616d706c652e636f6d', 'hex')] },
  critical: ['2.5.29.19'],
});

/** Where each DER value begins, values within values and within OCTET STRINGs too. */
function placesIn(bytes: Buffer, from = 0, to = bytes.length): number[] {
  const places: number[] = [];
  for (let at = from; at < to;) {
    const tag = bytes[at] ?? 0;
    const first = bytes[at + 1] ?? 0;
    const long = first & 0x80 ? first & 0x7f : 0;
    if (long > 6) return [];
    const content = at + 2 + long;
    const end = content + (long === 0 ? first : bytes.readUIntBE(at + 2, long));
    if (end > to) return [];
    places.push(at);
    // OCTET STRINGs hold the values of extensions; where they hold none, nothing is found there.
    if (tag & 0x20 || tag === 0x04) places.push(...placesIn(bytes, content, end));
    at = end;
  }
  return places;
}

function changed(place: number, change: (bytes: Buffer) => Buffer | undefined): Buffer {
  const copy = Buffer.from(der);
  return change(copy.subarray(place)) ?? copy;
}

const damages: Readonly<Record<string, (place: number) => Buffer>> = {
  'another tag': (place) => changed(place, (value) => void value.writeUInt8((value[0] ?? 0) ^ 0x05)),
  'a longer length': (place) => changed(place, (value) => void value.writeUInt8((value[1] ?? 0) + 1, 1)),
  'a shorter length': (place) => changed(place, (value) => void value.writeUInt8(Math.max(0, (value[1] ?? 0) - 1), 1)),
  'an endless length': (place) => changed(place, (value) => void value.fill(0xff, 1, 6)),
  'other content': (place) => changed(place, (value) => void value.fill(0xff, 2, 4)),
  'nothing behind': (place) => Buffer.from(der.subarray(0, place + 1)),
};

let peer: Listening;
let sent: Buffer = Buffer.alloc(0);
beforeAll(async () => {
  peer = await listen('127.85.9.1', (socket) => {
    presents([sent, Buffer.from(issuer.der)])(socket);
    // It has no key: whoever goes on with the handshake is sent away.
    socket.once('data', () => socket.once('data', () => socket.destroy()));
  });
});
afterAll(() => peer[Symbol.asyncDispose]());

const places = placesIn(Buffer.from(der));

test.each(Object.entries(damages))(`%s, in each of ${String(places.length)} places`, async (_, damage) => {
  expect(places.length).toBeGreaterThan(60);
  for (const place of places) {
    sent = damage(place);
    const { address, port } = peer;
    const target = {
      place: { at: 'endpoint', machine: 'uccx1' as MachineId, port: 443, address, serverName: null },
      connect: { address, port },
    } as const;
    const limits = { connectMs: 1000, probeMs: 5000 };
    const { observations, certificates } = await probeEndpoint(target, limits, {
      handshake: 'flight',
      variants: 'none',
    });
    const list = observations.find(({ kind }) => kind === 'certificate-list');
    expect(list?.outcome).toBe('recorded');
    expect([...certificates.values()].some((bytes) => bytes.equals(sent))).toBe(true);

    const whole = caseOf(faults, { clients: [{ anchors: [issuer] }] });
    const held = Object.fromEntries([...certificates].map(([digest, bytes]) => [digest, bytes.toString('base64')]));
    const findings = judge({ ...whole, observations, certificates: { ...whole.certificates, ...held } });
    expect(findings.length).toBeGreaterThan(40);
    expect(JSON.stringify(findings)).not.toContain('defect-in-uccert');
  }
});
