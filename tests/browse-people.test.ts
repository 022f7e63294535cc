import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { PageName } from '#inventory/pages.ts';
import { because, browsingIn } from './support/browsing.ts';
import { startTestLab, type TestLab } from './support/lab.ts';

/** Whom the suites work with, and whom they leave alone. */
vi.setConfig({ testTimeout: 300_000 });

let running: TestLab;
const { browseLab, changedInventory } = browsingIn(() => running);

beforeAll(async () => {
  running = await startTestLab('127.216.0.0/16', { signed: true });
});
afterAll(() => running[Symbol.asyncDispose]());

/** Somebody works with these accounts while `look` looks. */
async function whileSignedIn<T>(users: readonly string[], look: () => Promise<T>): Promise<T> {
  const { centre } = running.lab;
  for (const user of users) {
    const agent = centre.person(user)!;
    centre.signIn(agent, agent.extension!, '');
  }
  const seen = await look();
  expect(centre.agents.filter(({ state }) => state !== 'LOGOUT').map(({ id }) => id)).toEqual(users);
  await running.lab.reset();
  return seen;
}

test('somebody who is signed in is left alone: another account of the role works', async () => {
  const worked = new Set<string>();
  const note = ({ id }: { readonly id: string }): unknown => worked.add(id);
  running.lab.centre.on('state', note);
  const run = await whileSignedIn(['agent1', 'agent2'], () => browseLab(['Finesse call']));
  running.lab.centre.off('state', note);
  expect(because(run, 'uccx1', 'Finesse call, supervisor')).toBe('absent');
  expect(because(run, 'uccx2', 'Finesse call, agent')).toBe('absent');
  expect([...worked].sort()).toEqual(['agent1', 'agent2', 'agent3', 'supervisor1']);
});

test('where all of the role are signed in, the page is not judged, and all are named', async () => {
  const run = await whileSignedIn(['agent1', 'agent2', 'agent3'], () => browseLab(['Finesse desktop']));
  expect(because(run, 'uccx1', 'Finesse desktop, agent')).toBe(
    'agent1 (NOT_READY), agent2 (NOT_READY), agent3 (NOT_READY) are signed in already, and were left alone',
  );
  expect(because(run, 'uccx1', 'Finesse desktop, supervisor')).toBe('absent');
});

/** The inventory with these test accounts alone. */
async function only(...users: readonly string[]): Promise<string> {
  return changedInventory((inventory) => {
    inventory.people = Object.fromEntries(Object.entries(inventory.people).filter(([name]) => users.includes(name)));
    inventory.machines = { uccx1: inventory.machines['uccx1']! };
  });
}

test.each<[string, readonly string[], Partial<Record<PageName, readonly string[]>>]>([
  [
    'a supervisor alone',
    ['supervisor1'],
    {
      'Finesse desktop': ['agent: the inventory has no test account that is an agent', 'supervisor: absent'],
      'Finesse call': [
        'agent: the inventory has no test account that is an agent',
        'supervisor: the inventory has no test account that is another agent or supervisor, who calls',
      ],
      'Live Data gadgets': [
        'agent: the inventory has no test account that is an agent',
        'supervisor: the inventory has no test account that is an agent, whose state the gadgets of a supervisor show',
      ],
    },
  ],
  [
    'an agent alone',
    ['agent1'],
    {
      'Finesse call': [
        'agent: the inventory has no test account that is another agent or supervisor, who calls',
        'supervisor: the inventory has no test account that is a supervisor',
      ],
      'Live Data gadgets': ['agent: absent', 'supervisor: the inventory has no test account that is a supervisor'],
    },
  ],
  [
    'one of each',
    ['agent2', 'supervisor1'],
    {
      'Finesse call': ['agent: absent', 'supervisor: absent'],
      'Live Data gadgets': ['agent: absent', 'supervisor: absent'],
    },
  ],
])('%s is asked for nothing that needs another', async (_name, users, seen) => {
  const pages = Object.keys(seen) as PageName[];
  const run = await browseLab(pages, await only(...users));
  for (const page of pages)
    expect(
      ['agent', 'supervisor'].map((role) => `${role}: ${because(run, 'uccx1', `${page}, ${role}`)}`),
      page,
    ).toEqual(seen[page]);
  expect(running.lab.centre.agents.filter(({ state }) => state !== 'LOGOUT')).toEqual([]);
});

test('a page without an account is not judged', async () => {
  const file = await changedInventory((inventory) => (inventory.people = {}));
  const run = await browseLab(['Finesse desktop'], file);
  expect(because(run, 'uccx2', 'Finesse desktop, supervisor')).toBe(
    'the inventory has no test account that is a supervisor',
  );
});
