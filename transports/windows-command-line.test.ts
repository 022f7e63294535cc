import { expect, test } from 'vitest';
import { commandLine } from './windows-command-line.ts';

test.each([
  ['netsh', ['http', 'show', 'sslcert'], 'netsh http show sslcert', "& 'netsh' 'http' 'show' 'sslcert'"],
  ['C:\\Program Files\\a.exe', ['b & c'], '"C:\\Program Files\\a.exe" "b & c"', "& 'C:\\Program Files\\a.exe' 'b & c'"],
  ['a', ["it's", ''], 'a "it\'s" ""', "& 'a' 'it''s' ''"],
] as const)('%s %j is one command line in either shell', (program, args, inCmd, inPowershell) => {
  expect(commandLine('cmd', program, args)).toBe(inCmd);
  expect(commandLine('powershell', program, args)).toBe(inPowershell);
});

test('what cmd would read in spite of quotes is refused', () => {
  for (const word of ['%PATH%', 'a" & del b', 'a\nb'])
    expect(() => commandLine('cmd', 'a', [word])).toThrow(RangeError);
  expect(commandLine('powershell', 'a', ['\u2019; del b'])).toBe("& 'a' '\u2019\u2019; del b'");
});
