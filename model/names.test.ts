import { expect, test } from 'vitest';
import { ClientId, MachineId, Port, Sha256 } from './names.ts';

test.each([
  ['uccx1', true],
  ['uccx-1.site_a', true],
  ['1', true],
  ['UCCX1', false],
  ['-uccx', false],
  ['uccx-', false],
  ['uccx 1', false],
  ['uccx1\n', false],
  ['../uccx', false],
  ['a:1', false],
  ['', false],
])('%j is the name of a machine and of a client: %s', (text, expected) => {
  expect([MachineId, ClientId].map((schema) => schema.safeParse(text).success)).toEqual([expected, expected]);
});

test.each([
  [1, true],
  [65_535, true],
  [0, false],
  [65_536, false],
  [443.5, false],
  ['443', false],
])('%j is a port: %s', (port, expected) => {
  expect(Port.safeParse(port).success).toBe(expected);
});

test('a digest is 64 lower-case hexadecimal digits', () => {
  const digests = ['a'.repeat(64), 'A'.repeat(64), 'a'.repeat(63), 'g'.repeat(64)];
  expect(digests.map((text) => Sha256.safeParse(text).success)).toEqual([true, false, false, false]);
});
