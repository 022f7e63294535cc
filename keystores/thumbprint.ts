import type { FilePart } from '#model/certificate-file.ts';
import { characterTitle } from './pem.ts';

type Thumbprint = Extract<FilePart, { holds: 'thumbprint' }>;

/** Characters that take no place on the screen, and the blank that does not break: the Windows dialog writes U+200E first. */
const hidden = /[\p{Cf}\u00a0]/gu;
const hexadecimal = /^[0-9a-f]+$/;

/** SHA-1 and SHA-256, in hexadecimal digits. */
const lengths = [40, 64];
const longestLine = 1000;

/** The lines of a text that are a thumbprint, with or without a name before it: `Thumbprint: a9 09 50 …`. */
export function thumbprintsOf(text: string): Thumbprint[] {
  return text.split(/\r\n|\n|\r/).flatMap((line, index): Thumbprint[] => {
    if (line.length > longestLine) return [];
    // What stands before the first colon or equals sign is a name, unless the digits themselves are cut by colons.
    const named = /^[^:=]*[^0-9a-f:=\s\p{Cf}\u00a0][^:=]*[:=](.*)$/iu.exec(line);
    const value = named?.[1] ?? line;
    const digits = value
      .replace(hidden, '')
      .replace(/[\s:"']/g, '')
      .toLowerCase();
    if (!lengths.includes(digits.length) || !hexadecimal.test(digits)) return [];
    const found = (value.replace(/^\ufeff/, '').match(hidden) ?? []).map(characterTitle);
    return [{ holds: 'thumbprint', line: index + 1, digits, hidden: found }];
  });
}
