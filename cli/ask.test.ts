import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { Refusal } from '#model/errors.ts';
import { demand, stepByStep, type Terminal } from './ask.ts';

/** A terminal at which these keys are pressed, the next each time that it has asked; null ends its input. */
function pressing(...answers: readonly (string | null)[]): Terminal {
  const input = new PassThrough();
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  const left = [...answers];
  output.on('data', (part: Buffer) => {
    if (!/[:\]] /.test(part.toString('utf8'))) return;
    const keys = left.shift();
    if (keys === null) input.end();
    else if (keys !== undefined) input.write(keys);
  });
  return { input, output };
}

const leaving = [
  ['Ctrl-C', '\u0003'],
  ['Ctrl-D', '\u0004'],
  ['the end of the input', null],
] as const;

describe('the consent', () => {
  test('is what was asked for', async () => {
    await expect(demand('Type yes: ', 'yes', 'uccert apply', pressing('yes\r'))).resolves.toBeUndefined();
  });

  test.each([...leaving, ['another answer', 'no\r']] as const)('is refused by %s', async (_what, keys) => {
    const asked = demand('Type yes: ', 'yes', 'uccert apply', pressing(keys));
    await expect(asked).rejects.toThrow(Refusal);
    await expect(asked).rejects.toThrow(/Nothing is changed without consent[^]*When it is time: uccert apply$/);
  });
});

describe('the question before each step', () => {
  test.each([
    [['y\r'], true],
    [['Yes\r'], true],
    [['n\r'], false],
    [['no\r'], false],
    [['\r', 'ye\r', 'y\r'], true],
    [['ja\r', 'n\r'], false],
  ])('is answered by %j', async (keys, is) => {
    expect(await stepByStep('p1', pressing(...keys))('restart it', null)).toBe(is);
  });

  test.each([
    [null, /restart it\nGo on/],
    ['calls drop', /restart it\n {6}meanwhile calls drop\nGo on \(y\), or take back/],
  ])('says what stops meanwhile, and what a no does: %j', async (outage, words) => {
    const terminal = pressing('y\r');
    let shown = '';
    terminal.output.on('data', (part: Buffer) => (shown += part.toString('utf8')));
    await stepByStep('p1', terminal)('restart it', outage);
    // readline sets the cursor around what it asks.
    expect(shown.replaceAll(/\u001b\[[\d;]*[A-Z]/g, '')).toMatch(words);
  });

  test.each(leaving)('is left by %s: the plan stops there', async (_what, keys) => {
    const asked = stepByStep('p1', pressing(keys))('restart it', null);
    await expect(asked).rejects.toThrow(Refusal);
    await expect(asked).rejects.toThrow(/Stopped before: restart it[\s\S]*uccert resume p1/);
  });
});
