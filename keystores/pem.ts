/** One block of a PEM text (RFC 7468), or what is wrong with it. Lines are counted from 1. */
export type Block =
  | { readonly label: string; readonly line: number; readonly bytes: Buffer; readonly isEncrypted: boolean }
  | { readonly label: string; readonly line: number; readonly broken: string };

const boundary =
  /^\s*([-\u2010-\u2015\u2212]+)\s*(BEGIN|END)\s+([^-\u2010-\u2015\u2212]*?)\s*([-\u2010-\u2015\u2212]+)?\s*$/i;
const hyphens = '-----';

/** The blocks of a text in order; what stands around them is passed over (RFC 7468 section 5.2). */
export function readPem(text: string): Block[] {
  const lines = text.split(/\r\n|\n|\r/);
  const blocks: Block[] = [];
  let open: { label: string; line: number; defect: string | null; body: string[] } | null = null;

  const close = (defect: string | null): void => {
    if (open !== null) blocks.push(blockOf({ ...open, defect: open.defect ?? defect }));
    open = null;
  };
  for (const [index, written] of lines.entries()) {
    const match = boundary.exec(written);
    if (match === null) {
      (open as { body: string[] } | null)?.body.push(written);
      continue;
    }
    const [, before = '', word = '', label = '', after = ''] = match;
    const wanted = `${hyphens}${word.toUpperCase()} ${label}${hyphens}`;
    // Blanks at the end of the line are allowed, anything else is not: OpenSSL and Java pass over such a block in silence.
    const isExact = before === hyphens && after === hyphens && written.trimEnd() === wanted;
    const defect = isExact ? null : `line ${String(index + 1)} must read ${wanted}`;
    const started = open as { label: string } | null;
    if (word.toUpperCase() === 'BEGIN') {
      close('it has no END line');
      open = { label, line: index + 1, defect, body: [] };
    } else if (started === null) {
      blocks.push({ label, line: index + 1, broken: 'it has no BEGIN line' });
    } else {
      close(started.label === label ? defect : `it begins as ${started.label} and ends as ${label}`);
    }
  }
  close('it has no END line: the file was cut off');
  return blocks;
}

function blockOf({
  label,
  line,
  defect,
  body,
}: {
  label: string;
  line: number;
  defect: string | null;
  body: string[];
}): Block {
  if (defect !== null) return { label, line, broken: defect };
  // RFC 1421 headers stand before an empty line: OpenSSL writes them over an encrypted key.
  const headers = body.findIndex((text) => text.trim() === '');
  const hasHeaders = body.some((text, place) => place <= headers && text.includes(':'));
  const base64 = hasHeaders ? body.slice(headers + 1) : body;
  const wrong = base64.findIndex((text) => /[^A-Za-z0-9+/=\s]/.test(text));
  if (wrong >= 0) {
    const character = /[^A-Za-z0-9+/=\s]/u.exec(base64[wrong] ?? '')?.[0] ?? '';
    const place = line + 1 + wrong + (hasHeaders ? headers + 1 : 0);
    return { label, line, broken: `line ${String(place)} has ${characterTitle(character)}, which is no base64` };
  }
  const joined = base64.join('').replace(/\s+/g, '');
  if (joined === '') return { label, line, broken: 'it is empty' };
  if (!/^[^=]*={0,2}$/.test(joined) || joined.length % 4 !== 0)
    return { label, line, broken: 'its base64 is cut off or padded wrongly' };
  return {
    label,
    line,
    bytes: Buffer.from(joined, 'base64'),
    isEncrypted: hasHeaders && body.join().includes('ENCRYPTED'),
  };
}

/** A character as a person can find it: itself where it shows, else its code point. */
export function characterTitle(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return /[\p{C}\p{Z}]/u.test(character) ? code : `"${character}" (${code})`;
}
