import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadInventory } from '#inventory/load.ts';
import { daysFrom, newAuthority } from '#lab/authority.ts';
import { isPresent } from '#model/verdict.ts';
import { shownAt } from '#model/subject.ts';
import type { Run } from '#model/run.ts';
import { linksOf } from '#reports/trust-links.ts';
import { readAssumption, readRemoval } from '#workflow/assumption.ts';
import { foresee } from '#workflow/foresee.ts';
import { suppose } from '#workflow/suppose.ts';
import { trust } from '#workflow/trust.ts';
import { startTestLab, type TestLab } from './support/lab.ts';

let started: TestLab;
let run: Run;
const folder = mkdtempSync(join(tmpdir(), 'uccert-suppose-'));

beforeAll(async () => {
  started = await startTestLab('127.94.0.0/16', { signed: true });
  run = await trust(loadInventory(started.lab.inventoryFile), { command: [], judgeAt: null, deep: false });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await started[Symbol.asyncDispose]();
});

function file(name: string, contents: string): string {
  const path = join(folder, name);
  writeFileSync(path, contents);
  return path;
}

/** What is not trusted, and the other faults that are present. */
function seen(of: Run): { broken: string[]; faults: string[] } {
  const links = linksOf(of) ?? [];
  const broken = links.filter(({ state }) => state === 'broken');
  return {
    broken: broken.map((link) => `${link.relyingParty} < ${shownAt(link)}`),
    faults: [...new Set(of.findings.filter(isPresent).map(({ fault }) => fault))].sort(),
  };
}

const at = new Date();

describe('what if', () => {
  test('nothing is wrong before', () => {
    expect(seen(run)).toEqual({ broken: [], faults: [] });
  });

  test('a self-signed certificate breaks every link to its machine, and nothing else', async () => {
    const own = await started.lab.issueFor(started.lab.vos('cucm1'), { issuer: 'self' });
    const supposed = suppose(
      run,
      [readAssumption(`cucm1:tomcat=${file('own.pem', String(own.certificate))}`, run.inventory)],
      at,
    );
    expect(seen(supposed).broken).toEqual(['uccx1 < cucm1:8443', 'uccx2 < cucm1:8443']);
    expect(seen(supposed).faults).not.toContain('presented-differs-from-store');
    expect(supposed.supposed).toEqual([expect.stringMatching(/^cucm1 presents .*own\.pem as tomcat$/)]);
  });

  test('and is healed where the stores are supposed to hold it', async () => {
    const own = await started.lab.issueFor(started.lab.vos('cucm1'), { issuer: 'self' });
    const path = file('known.pem', String(own.certificate));
    const wanted = [`cucm1:tomcat=${path}`, `uccx1:tomcat-trust=${path}`, `uccx2:tomcat-trust=${path}`];
    const supposed = suppose(
      run,
      wanted.map((text) => readAssumption(text, run.inventory)),
      at,
    );
    expect(seen(supposed).broken).toEqual([]);
  });

  test('a plain reply of the authority is sent with the intermediates that tomcat-trust holds', async () => {
    const renewed = await started.lab.issueFor(started.lab.vos('uccx1'));
    const path = file('renewed.pem', String(renewed.certificate));
    expect(seen(suppose(run, [readAssumption(`uccx1:tomcat=${path}`, run.inventory)], at))).toEqual({
      broken: [],
      faults: [],
    });
  });

  test('without the intermediate the machine sends a bare certificate', () => {
    const name = [...started.lab.vos('uccx1').trust.entries].find(([entry]) => entry.includes('Issuing'))?.[0];
    const supposed = suppose(run, [readRemoval(`uccx1:tomcat-trust/${String(name)}`, run.inventory)], at);
    expect(seen(supposed).faults).toContain('intermediate-missing');
  });

  test('without the root in one store only its links break', () => {
    const entries = run.observations.flatMap((observation) =>
      observation.kind === 'trust-store' && observation.outcome === 'recorded' && observation.place.machine === 'ccp1'
        ? observation.value.entries.map(({ name }) => name)
        : [],
    );
    const away = entries.map((entry) => readRemoval(`ccp1:tomcat-trust/${entry}`, run.inventory));
    expect(seen(suppose(run, away, at)).broken).toEqual(['ccp1 < uccx1:443', 'ccp1 < uccx2:443']);
  });

  test('another authority of the PCs does not heal what machines do not trust', () => {
    const root = file('root.pem', String(started.lab.authority.root.certificate));
    expect(seen(suppose(run, [readAssumption(`pc-managed:anchors=${root}`, run.inventory)], at)).faults).toEqual([]);
  });

  test('a change of the CA breaks what the stores and the PCs are not given, and nothing once they are', async () => {
    const { root, intermediate } = await newAuthority(at);
    const changed = await started.lab.issueFor(started.lab.vos('cucm1'), { issuer: intermediate });
    const chain = file('changed.pem', `${String(changed.certificate)}${String(intermediate.certificate)}`);
    const anchor = file('new-root.pem', String(root.certificate));
    const judged = (...wanted: readonly string[]): Run =>
      suppose(
        run,
        wanted.map((text) => readAssumption(text, run.inventory)),
        at,
      );
    const before = seen(judged(`cucm1:tomcat=${chain}`));
    expect(before.broken).toEqual(['uccx1 < cucm1:8443', 'uccx2 < cucm1:8443']);
    expect(before.faults).toContain('untrusted-issuer');
    const given = run.inventory.clients.map(({ id }) => `${id}:anchors=${anchor}`);
    const stores = ['uccx1', 'uccx2'].map((id) => `${id}:tomcat-trust=${anchor}`);
    expect(seen(judged(`cucm1:tomcat=${chain}`, ...stores, ...given))).toEqual({ broken: [], faults: [] });
  });

  test.each([
    ['uccx9:tomcat=FILE', /no machine and no client uccx9; it has uccx1/],
    ['uccx1:wrong=FILE', /no store wrong; it has tomcat/],
    ['uccx1:tomcat=/nowhere.pem', /cannot be read/],
    ['nonsense', /not of the form/],
  ])('%s is refused', (text, expected) => {
    const wanted = text.replace('FILE', file('some.pem', String(started.lab.authority.root.certificate)));
    expect(() => readAssumption(wanted, run.inventory)).toThrow(expected);
  });

  test('an entry that is not there is not taken away in silence', () => {
    const away = readRemoval('uccx1:tomcat-trust/nobody.pem', run.inventory);
    expect(() => suppose(run, [away], at)).toThrow(/holds no entry nobody\.pem/);
  });
});

describe('the months to come', () => {
  test('hold nothing where nothing ends', () => {
    expect(foresee(run, 1).windows).toEqual([]);
  });

  test('tell which certificate ends when, where, and what stops then', async () => {
    const soon = await started.lab.issueFor(started.lab.vos('cucm1'), { notAfter: daysFrom(at, 100) });
    const path = file('soon.pem', String(soon.certificate));
    const supposed = suppose(run, [readAssumption(`cucm1:tomcat=${path}`, run.inventory)], at);
    const [window, ...more] = foresee(supposed, 6).windows;
    expect(more).toEqual([]);
    expect(window?.endings).toMatchObject([
      { links: [{ stops: 'sign-in', presenter: 'cucm1' }, { stops: 'sign-in' }] },
    ]);
    expect(window?.before.slice(0, 10)).toBe(daysFrom(at, 100).toISOString().slice(0, 10));
  });

  test('put together what ends close to each other', async () => {
    const ending = async (machine: string, days: number): Promise<string> => {
      const { certificate } = await started.lab.issueFor(started.lab.vos(machine), {
        notAfter: daysFrom(at, days),
      });
      return `${machine}:tomcat=${file(`${machine}.pem`, String(certificate))}`;
    };
    const wanted = [await ending('cucm1', 40), await ending('ccp1', 50), await ending('uccx2', 120)];
    const supposed = suppose(
      run,
      wanted.map((text) => readAssumption(text, run.inventory)),
      at,
    );
    expect(foresee(supposed, 6).windows.map(({ endings }) => endings.length)).toEqual([2, 1]);
  });

  test('tell apart what ends at the same instant', async () => {
    const notAfter = daysFrom(at, 60);
    const wanted: string[] = [];
    for (const id of ['cucm1', 'ccp1']) {
      const { certificate } = await started.lab.issueFor(started.lab.vos(id), { notAfter });
      wanted.push(`${id}:tomcat=${file(`same-${id}.pem`, String(certificate))}`);
    }
    const assumptions = wanted.map((text) => readAssumption(text, run.inventory));
    const [window] = foresee(suppose(run, assumptions, at), 6).windows;
    const machines = window?.endings.map(({ subjects }) => [
      ...new Set(subjects.map((subject) => (subject.scope === 'endpoint' ? subject.machine : subject.scope))),
    ]);
    expect(machines?.toSorted()).toEqual([['ccp1'], ['cucm1']]);
  });
});
