import { expect, test } from 'vitest';
import type { Machine } from '#model/inventory.ts';
import { MachineId } from '#model/names.ts';
import { resolverRules } from './resolver-rules.ts';

const machine: Machine = {
  id: MachineId.parse('uccx1'),
  type: 'UCCX_PUBLISHER',
  fqdn: 'uccx1.example.com',
  release: '12.5(1)SU3',
  address: null,
  certificates: null,
  ports: [443],
  connect: {},
};

test('a name goes to the address of the inventory', () => {
  expect(resolverRules([{ ...machine, address: '192.0.2.7' }])).toBe('MAP uccx1.example.com 192.0.2.7,MAP * ~NOTFOUND');
  expect(resolverRules([{ ...machine, address: '2001:db8::7' }])).toBe(
    'MAP uccx1.example.com [2001:db8::7],MAP * ~NOTFOUND',
  );
});

test('a port goes where it is reached, before the rest of its machine', () => {
  expect(resolverRules([{ ...machine, address: '127.0.0.1', connect: { '443': '127.0.0.1:40443' } }])).toBe(
    'MAP uccx1.example.com:443 127.0.0.1:40443,MAP uccx1.example.com 127.0.0.1,MAP * ~NOTFOUND',
  );
});

test('a name without an address is left to the resolver, and no other name is', () => {
  expect(resolverRules([machine])).toBe('EXCLUDE uccx1.example.com,MAP * ~NOTFOUND');
  expect(resolverRules([])).toBe('MAP * ~NOTFOUND');
});
