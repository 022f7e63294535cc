import { expect, test } from 'vitest';
import type { Person } from '#inventory/load.ts';
import { chooseFree, type Availability } from './free-accounts.ts';

const person = (user: string): Person => ({ name: user, role: 'agent', user, extension: '1', password: 'env:P' });
const [ada, ben, cleo] = [person('ada'), person('ben'), person('cleo')];

interface Row {
  readonly name: string;
  readonly wanted: readonly (readonly Person[])[];
  readonly found: Readonly<Record<string, Availability>>;
  readonly choice: unknown;
  readonly left?: readonly string[];
}

const rows: readonly Row[] = [
  { name: 'the first that is free', wanted: [[ada, ben]], found: {}, choice: { chosen: [ada] } },
  {
    name: 'the next one where somebody works with the first',
    wanted: [[ada, ben]],
    found: { ada: { state: 'READY' } },
    choice: { chosen: [ben] },
  },
  {
    name: 'the next one where another test has the first',
    wanted: [[ada, ben]],
    found: { ada: 'of another test' },
    choice: { chosen: [ben] },
  },
  {
    name: 'the next one where the password of the first was refused',
    wanted: [[ada, ben]],
    found: { ada: 'refused' },
    choice: { chosen: [ben] },
  },
  {
    name: 'nobody where all were refused',
    wanted: [[ada, ben]],
    found: { ada: 'refused', ben: 'refused' },
    choice: { failure: { reason: 'not-authorised', as: 'ada' }, isWorthWaiting: false },
  },
  {
    name: 'who is in use, where the others were refused',
    wanted: [[ada, ben]],
    found: { ada: 'refused', ben: 'of another test' },
    choice: expect.objectContaining({ isWorthWaiting: true }),
  },
  { name: 'nobody twice', wanted: [[ada], [ada, ben]], found: {}, choice: { chosen: [ada, ben] } },
  {
    name: 'all that are in use, where none is free',
    wanted: [[ada, ben]],
    found: { ada: { state: 'READY' }, ben: { state: 'TALKING' } },
    choice: {
      failure: { reason: 'account-in-use', as: 'ada', state: 'READY', also: [{ as: 'ben', state: 'TALKING' }] },
      isWorthWaiting: false,
    },
  },
  {
    name: 'nobody is kept while another is waited for',
    wanted: [[ada], [ben, cleo]],
    found: { ben: 'of another test', cleo: { state: 'READY' } },
    choice: expect.objectContaining({ isWorthWaiting: true }),
    left: ['ada'],
  },
];

test.each(rows)('$name', async ({ wanted, found, choice, left: leaves = [] }) => {
  const left: string[] = [];
  const look = ({ user }: Person): Promise<Availability> => Promise.resolve(found[user] ?? 'free');
  expect(await chooseFree(wanted, look, ({ user }) => left.push(user))).toEqual(choice);
  expect(left).toEqual(leaves);
});
