/** What the SSH server of a Windows machine runs command lines in: DefaultShell of OpenSSH. */
export type WindowsDialect = 'cmd' | 'powershell';

/** A program with its arguments as one command line. Throws a RangeError for what no quotes keep from being read by cmd. */
export function commandLine(dialect: WindowsDialect, program: string, args: readonly string[]): string {
  const words = [program, ...args];
  if (dialect === 'cmd') return words.map(cmdWord).join(' ');
  // Without the call operator a quoted program is a text that is printed.
  return `& ${words.map(powershellWord).join(' ')}`;
}

/** Nothing in such a word means anything to cmd or to PowerShell. */
const isPlain = /^[\w\\:./+=-]+$/;

function cmdWord(word: string): string {
  if (isPlain.test(word)) return word;
  // Within quotes cmd still replaces %NAME%, and ends the word at a quote and the line at a line break.
  if (/["%\r\n\0]/.test(word)) throw new RangeError('cmd has no quotes for this argument');
  return `"${word}"`;
}

/** Single quotes keep everything; PowerShell takes the curly ones for quotes too. */
function powershellWord(word: string): string {
  return `'${word.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
}
