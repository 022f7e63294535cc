import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lintCommand } from '#remediations/runbook/lint.ts';

/** The page is a runbook: its lines are held to what the commands of a runbook are held to. */
const page = readFileSync('docs/guide/windows-ca.md', 'utf8');
const commands = [...page.matchAll(/```powershell\n([^`]+)```/g)].flatMap(([, block = '']) =>
  block.split('\n').filter((line) => line !== ''),
);

test('every line may be copied', () => {
  expect(commands.length).toBeGreaterThan(15);
  expect(commands.flatMap((line) => lintCommand(line).map((mistake) => `${line}: ${mistake}`))).toEqual([]);
  // Quotes of PowerShell, which the lint of cmd does not count.
  expect(commands.filter((line) => (line.match(/'/g)?.length ?? 0) % 2 === 1)).toEqual([]);
});

test('key length and digest are said, and looked at afterwards', () => {
  const install = commands.find((line) => line.startsWith('Install-AdcsCertificationAuthority ')) ?? '';
  for (const said of [
    '-CAType EnterpriseRootCa',
    '-KeyLength 2048',
    '-HashAlgorithmName SHA256',
    '-ValidityPeriod Years',
  ])
    expect(install).toContain(said);
  expect(commands.filter((line) => /sha1\b/i.test(line))).toEqual([]);
  expect(commands).toContainEqual(expect.stringContaining('CNGHashAlgorithm'));
});

test('what is used is set before', () => {
  const set = new Set<string>();
  for (const line of commands) {
    for (const [, name = ''] of line.replace(/^\$(\w+) =/, '').matchAll(/\$(?!env:)(\w+)/g))
      expect([...set]).toContain(name);
    const own = /^\$(\w+) =/.exec(line)?.[1];
    if (own !== undefined) set.add(own);
  }
});
