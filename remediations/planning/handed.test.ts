import { expect, test } from 'vitest';
import { MachineId } from '#model/names.ts';
import { isReadable, readCertificate } from '#x509/certificate.ts';
import { authority, certificate } from '#tests/support/certificates.ts';
import { handedAuthorities, notHeld, notTrusted, type Handed } from './handed.ts';

const root = authority('Root CA');
const policy = authority('Policy CA', { issuer: root });
const issuing = authority('Issuing CA', { issuer: policy });
const named = { root, policy, issuing, other: authority('Other CA'), own: certificate() };
type Name = keyof typeof named;
const names = Object.keys(named) as Name[];
const facts: Parameters<typeof notTrusted>[2] = {
  certificate: (digest) => {
    const found = Object.values(named).find(({ sha256 }) => sha256 === digest);
    const read = found === undefined ? null : readCertificate(found.der);
    return read !== null && isReadable(read) ? read : null;
  },
};
const digests = (of: readonly Name[]) => of.map((name) => named[name].sha256);
const namesOf = (handed: readonly Handed[]) =>
  handed.map(({ certificate: it }) => names.find((name) => it.from === 'plan' && named[name].sha256 === it.sha256));

test.each<[held: Name[], handed: Name[], toBeTrusted: Name[], toBeWhole: Name[]]>([
  [[], ['root', 'policy', 'issuing'], ['root', 'policy', 'issuing'], ['root', 'policy', 'issuing']],
  [['root'], ['root', 'policy', 'issuing'], [], ['policy', 'issuing']],
  // What stands above an intermediate is not trusted by it.
  [['policy'], ['root', 'policy', 'issuing'], ['root'], ['root', 'issuing']],
  [['root', 'policy', 'issuing'], ['root', 'policy', 'issuing'], [], []],
  [['other'], ['root'], ['root'], ['root']],
  [['root'], ['own'], ['own'], ['own']],
  [['own'], ['own'], [], []],
])('a store with %j is given of %j to trust %j, and to have it whole %j', (held, handed, toBeTrusted, toBeWhole) => {
  const wanted = handedAuthorities(digests(handed), facts);
  expect(namesOf(notTrusted(digests(held), wanted, facts))).toEqual(toBeTrusted);
  expect(namesOf(notHeld(digests(held), wanted, facts))).toEqual(toBeWhole);
});

test('what a machine is about to make is lacking everywhere', () => {
  const made: Handed = {
    certificate: { from: 'identity-store', machine: MachineId.parse('ccp1'), unit: 'tomcat' },
    of: 'ccp1',
  };
  expect(notTrusted(digests(names), [made], facts)).toEqual([made]);
  expect(notHeld(digests(names), [made], facts)).toEqual([made]);
});
