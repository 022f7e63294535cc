import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { UsageError } from '#model/errors.ts';
import { loadSecret, Secret } from './secret.ts';

const folder = mkdtempSync(join(tmpdir(), 'uccert-secret-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
/** The inventory that the references stand in. */
const file = join(folder, 'uccert.yaml');

describe('a secret', () => {
  const secret = new Secret('hunter2');

  test.each([
    ['as text', String(secret)],
    ['in a template', `password ${secret as unknown as string}`],
    ['put together', ['password', secret].join(' ')],
    ['as JSON', JSON.stringify({ secret })],
    ['inspected', inspect({ secret }, { depth: null, showHidden: true })],
    ['formatted', inspect(new Map([['password', secret]]))],
    ['by its properties', JSON.stringify([Object.entries(secret), Object.assign({}, secret), Reflect.ownKeys(secret)])],
    ['copied', inspect(structuredClone(Object.assign({}, secret)))],
  ])('does not print %s', (_, printed) => {
    expect(printed).not.toContain('hunter2');
  });

  test('says in its place that it is one', () => {
    expect([String(secret), JSON.stringify(secret), inspect(secret)]).toEqual(['[secret]', '"[secret]"', '[secret]']);
    expect(secret.reveal()).toBe('hunter2');
  });
});

describe('a reference to a secret', () => {
  writeFileSync(join(folder, 'secret.txt'), 'hunter2\r\na second line\n');
  writeFileSync(join(folder, 'empty.txt'), '\n');
  process.env['UCCERT_TEST_SECRET'] = 'hunter2';
  afterAll(() => {
    delete process.env['UCCERT_TEST_SECRET'];
  });

  test.each([
    'env:UCCERT_TEST_SECRET',
    'file:secret.txt',
    `file:${join(folder, 'secret.txt')}`,
    'command:head -c 7 secret.txt',
  ])('%s', (reference) => {
    expect(loadSecret(reference, file).reveal()).toBe('hunter2');
  });

  test.each([
    ['env:UCCERT_TEST_NONE', /is empty or not set/],
    ['file:none.txt', /there is no such file/],
    ['file:empty.txt', /is empty or not set/],
    ['command:false', /command:false could not be read/],
    ['command:', /could not be read/],
    ['vault:x', /"vault" is none of env, file, command/],
  ])('%s says what is wrong', (reference, expected) => {
    expect(() => loadSecret(reference, file)).toThrow(UsageError);
    expect(() => loadSecret(reference, file)).toThrow(expected);
  });

  test('a command runs without a shell', () => {
    expect(loadSecret('command:echo $HOME;id', file).reveal()).toBe('$HOME;id');
  });
});
