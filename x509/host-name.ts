import { isWrittenAsAddress } from './identity.ts';

/** The one defect that most clients put up with. */
export const underscore = 'has an underscore, which host names do not have';

/** What is wrong with a dNSName, or null: the preferred name syntax of RFC 1034 section 3.5, a leading digit by RFC 1123 2.1. */
export function hostNameDefect(name: string): string | null {
  // Written as an address it is another fault.
  if (isWrittenAsAddress(name)) return null;
  if (name.trim() === '') return 'is empty';
  if (name.includes('\0')) return 'has a NUL octet';
  if (/\s/.test(name)) return 'has a blank';
  if (/[^\p{ASCII}]/u.test(name)) return 'has letters outside ASCII: a U-label in place of an A-label';
  if (name.endsWith('.')) return 'ends with a dot';
  if (name.length > 253) return 'is longer than 253 octets';
  const labels = name.replace(/^\*\./, '').split('.');
  if (labels.includes('')) return 'has an empty label';
  if (labels.some((label) => label.length > 63)) return 'has a label longer than 63 octets';
  if (labels.some((label) => /[^a-z0-9_-]/i.test(label))) return 'has a character that host names do not have';
  if (labels.some((label) => label.startsWith('-') || label.endsWith('-')))
    return 'has a label that begins or ends with a hyphen';
  return name.includes('_') ? underscore : null;
}
