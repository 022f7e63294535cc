import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { faults } from '#faults/index.ts';
import { faultsShownBy, seenDeep } from '#lab/scenario.ts';
import { pageNames } from '#inventory/pages.ts';
import { scenarios } from '#lab/scenarios/index.ts';
import { stepKinds } from '#model/step.ts';
import { productOf, products } from '#products/index.ts';
import { certificateUnitsOf, trustStoresOf } from '#products/certificate-units.ts';
import { requirementList } from '#products/requirements.ts';
import { relations } from '#products/relations.ts';
import { remediations } from '#remediations/index.ts';
import { leftToPeople } from '#remediations/left-to-people.ts';
import { reporters } from '#reports/index.ts';
import { stepKindsOfPlans } from './support/step-kinds.ts';

/** Lists are kept by hand: this holds them against the folders, and each entry against what it promises. */
const filesOf = (pattern: string): string[] =>
  globSync(pattern)
    .filter((file) => !/[.]test[.]ts$/.test(file))
    .map((file) => basename(file, '.ts'))
    .sort();

test('the lab sends people to --deep for exactly the faults that need it', () => {
  const needed = faults.filter(({ judges }) => judges === 'variants' || judges === 'clock').map(({ id }) => id);
  expect([...seenDeep].sort()).toEqual([...needed].sort());
});

describe('the list of faults', () => {
  test('is the folder', () => {
    const folders = [...new Set(faults.map(({ category }) => category))];
    expect(faults.map(({ id }) => id).sort()).toEqual(
      folders.flatMap((folder) => filesOf(`faults/${folder}/*.ts`)).sort(),
    );
    expect(globSync('faults/*/*.ts').map((file) => basename(dirname(file)))).toEqual(expect.arrayContaining(folders));
  });

  test.each(faults.map((fault) => [fault.id, fault] as const))(
    '%s has a test, a scenario, a page and words for people',
    (id, fault) => {
      expect(existsSync(`faults/${fault.category}/${id}.test.ts`)).toBe(true);
      expect(
        scenarios.filter((scenario) => faultsShownBy(scenario).some((each) => each === id)).length,
      ).toBeGreaterThan(0);
      expect(existsSync(`docs/catalogue/faults/${id}.md`)).toBe(true);
      for (const text of [fault.title, fault.titleAbsent, fault.symptom, fault.cause, fault.advice]) {
        expect(text).toMatch(/^.{15,}$/);
        expect(text).not.toContain('!');
      }
      expect(fault.sources.length).toBeGreaterThan(0);
      for (const rule of fault.appliesTo ?? []) expect(products.map((product) => product.id)).toContain(rule.product);
    },
  );
});

test('pages on which a scenario is noticed are pages of the browser suites', () => {
  const noticedOn = scenarios.flatMap(({ noticedOn: pages = [] }) => pages);
  expect(noticedOn).not.toEqual([]);
  expect(pageNames).toEqual(expect.arrayContaining(noticedOn));
});

test('the list of scenarios is the folder', () => {
  expect(scenarios.map(({ id }) => id).sort()).toEqual(
    filesOf('lab/scenarios/*.ts').filter((name) => name !== 'index'),
  );
});

test.each(requirementList.map((row) => [row.id, row] as const))(
  'what documents ask for, row %s, is broken by a scenario, or it is said why none can',
  (id, { asks, isNoStateBecause }) => {
    expect(asks).toMatch(/^.{15,}$/);
    const shownBy = scenarios.filter(({ rows = [] }) => rows.includes(id));
    if (isNoStateBecause === undefined) expect(shownBy).not.toEqual([]);
    else {
      expect(shownBy).toEqual([]);
      expect(isNoStateBecause).toMatch(/^.{15,}$/);
    }
  },
);

test('the rows of each document are numbered without a gap', () => {
  const numbers = Map.groupBy(requirementList, ({ id }) => id[0]);
  const first: Readonly<Record<string, number>> = { U: 0, P: 1, C: 1, L: 1 };
  for (const [letter = '', rows] of numbers)
    expect(rows.map(({ id }) => Number(id.slice(1)))).toEqual(rows.map((_, at) => (first[letter] ?? 0) + at));
  expect([...numbers].map(([letter, { length }]) => [letter, length])).toEqual([
    ['U', 24],
    ['P', 10],
    ['C', 8],
    ['L', 4],
  ]);
});

test('the list of remediations is the folder, and each names faults and products that exist', () => {
  const apart = ['index', 'define-remediation', 'left-to-people'];
  expect(remediations.map(({ id }) => id).sort()).toEqual(
    filesOf('remediations/*.ts').filter((name) => !apart.includes(name)),
  );
  for (const { fixes, on } of remediations) {
    for (const id of fixes) expect(faults.map((fault) => fault.id)).toContain(id);
    for (const id of on) expect(products.map((product) => product.id)).toContain(id);
  }
});

test('the list of products is the folder, and no two claim one machine type', () => {
  const apart = [
    'cce-host',
    'certificate-files',
    'certificate-units',
    'cvp-keystore',
    'index',
    'java-key-stores',
    'key-lengths',
    'links',
    'pairs',
    'product',
    'public-authorities',
    'relations',
    'release',
    'requirements',
    'sources',
    'units',
    'vos-platform',
  ];
  expect(products.map(({ id }) => id).sort()).toEqual(filesOf('products/*.ts').filter((name) => !apart.includes(name)));
  const types = products.flatMap(({ machineTypes }) => machineTypes);
  expect(new Set(types).size).toBe(types.length);
  for (const { listeners } of products) expect(new Set(listeners.map(({ port }) => port)).size).toBe(listeners.length);
});

test('every fault of a machine is put right by a remediation, or it is said why it is left to people', () => {
  const aside = new Set(['file', 'reply', 'page']);
  const ofMachines = faults.filter(({ judges }) => !aside.has(judges)).map(({ id }) => id);
  const fixed = new Set<string>(remediations.flatMap(({ fixes }) => fixes));
  expect(ofMachines.filter((id) => !fixed.has(id) && !leftToPeople.has(id))).toEqual([]);
  for (const id of leftToPeople.keys()) expect(faults.map((fault) => fault.id)).toContain(id);
});

test('every step a plan can hold is of the closed list', () => {
  for (const kind of stepKindsOfPlans()) expect(stepKinds).toContain(kind.split(' ')[1]);
});

test('every link names its sources, and a port or an identity that the presenter has', () => {
  const newest = '15.0(1)';
  for (const relation of relations) {
    expect(relation.sources.length).toBeGreaterThan(0);
    for (const type of relation.presenter.filter((each) => each !== 'SCRIPT_TARGET')) {
      const { listeners, stores } = productOf(type);
      const shown =
        relation.presents === undefined
          ? listeners.map(({ port }) => String(port))
          : [...stores.map(({ identity }) => identity), ...certificateUnitsOf(type, newest).map(({ name }) => name)];
      const what = relation.presents === undefined ? String(relation.port) : relation.identity;
      expect(shown, `${relation.id}: ${type}`).toContain(what);
    }
    for (const type of relation.relyingParty) {
      const stores = productOf(type).stores.map(({ trust }) => trust);
      expect([...stores, ...trustStoresOf(type, newest)], `${relation.id}: ${type}`).toContain(relation.store);
    }
  }
});

test('reporters have names of their own', () => {
  expect(new Set(reporters.map(({ id }) => id)).size).toBe(reporters.length);
});

test('no template text is left', () => {
  // The scaffold writes this word wherever something is to be filled in.
  const mark = ['FILL', 'IN'].join('-');
  const files = globSync(
    '{model,x509,keystores,products,inventory,transports,probes,faults,suites,remediations,reports,workflow,lab,cli,tests}/**/*.ts',
  );
  expect(files.length).toBeGreaterThan(150);
  expect(files.filter((file) => readFileSync(file, 'utf8').includes(mark))).toEqual([]);
});
