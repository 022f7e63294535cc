import { describe, expect, test } from 'vitest';
import type { Machine } from '#model/inventory.ts';
import { MachineId } from '#model/names.ts';
import { isReadable, readCertificate } from '#x509/certificate.ts';
import { authority, certificate, type Issued } from '#tests/support/certificates.ts';
import { chainAbove, chainOfAuthority } from './authority-chain.ts';

const root = authority('Root CA');
const policy = authority('Policy CA', { issuer: root });
const issuing = authority('Issuing CA', { issuer: policy });
const other = authority('Other CA');
const named = { root, policy, issuing, other, signed: certificate({ issuer: issuing }), own: certificate() };
type Name = keyof typeof named;
const nameOf = (digest: string): Name | undefined =>
  (Object.keys(named) as Name[]).find((name) => named[name].sha256 === digest);

const uccx1: Machine = {
  id: MachineId.parse('uccx1'),
  type: 'UCCX_PUBLISHER',
  fqdn: 'uccx1.example.com',
  release: '12.5',
  address: null,
  certificates: 'ca-signed',
  ports: [8443],
  connect: {},
};

/** What is known: the chain of the operator's file, null where the inventory names no authority, and the own store of the machine. */
function knowing(file: readonly Name[] | null, store: readonly Name[] | null): Parameters<typeof chainAbove>[2] {
  const digests = (names: readonly Name[]) => names.map((name) => named[name].sha256);
  return {
    certificate: (digest) => {
      const found: Issued | undefined = Object.values(named).find(({ sha256 }) => sha256 === digest);
      const read = found === undefined ? null : readCertificate(found.der);
      return read !== null && isReadable(read) ? read : null;
    },
    authorityOf: () => (file === null ? null : { id: 'internal', kind: 'manual' as const, chain: digests(file) }),
    trusted: (_machine, name) => (store !== null && name === 'tomcat-trust' ? digests(store) : null),
  };
}

describe('the chain of an authority', () => {
  test.each<[file: Name[] | null, chain: Name[] | null]>([
    [
      ['root', 'policy', 'issuing'],
      ['root', 'policy', 'issuing'],
    ],
    [
      ['issuing', 'policy', 'root'],
      ['root', 'policy', 'issuing'],
    ],
    [
      ['policy', 'root', 'issuing'],
      ['root', 'policy', 'issuing'],
    ],
    // Left to the judgement of the reply: the file may lack its root.
    [
      ['issuing', 'policy'],
      ['issuing', 'policy'],
    ],
    [[], null],
    [null, null],
  ])('%j', (file, chain) => {
    expect(chainOfAuthority(uccx1, knowing(file, null))?.map(nameOf) ?? null).toEqual(chain);
  });
});

describe('the authorities above an identity', () => {
  test.each<[what: string, identity: Name, file: Name[] | null, store: Name[] | null, chain: Name[] | null]>([
    ['by the file of the operator', 'signed', ['issuing', 'root', 'policy'], null, ['root', 'policy', 'issuing']],
    [
      'by its own store, where no authority is named',
      'signed',
      null,
      ['other', 'issuing', 'root', 'policy'],
      ['root', 'policy', 'issuing'],
    ],
    [
      'by its own store, where the file is of another authority',
      'signed',
      ['other'],
      ['policy', 'root', 'issuing'],
      ['root', 'policy', 'issuing'],
    ],
    ['not at all, where both lack a step', 'signed', ['root', 'issuing'], ['root', 'policy'], null],
    ['not at all, where the store was not read', 'signed', null, null, null],
    ['by itself, where it is an authority of its own that the store holds', 'own', null, ['own'], ['own']],
  ])('%s', (_what, identity, file, store, chain) => {
    expect(chainAbove(named[identity].sha256, uccx1, knowing(file, store))?.map(nameOf) ?? null).toEqual(chain);
  });
});
