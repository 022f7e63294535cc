/** Longest text of a server that is shown in full; run.json keeps the whole. In characters. */
const longest = 1000;

// Cc controls, Cf format characters with the bidirectional overrides, Zl and Zp line breaks, Cs lone surrogates; the last two code points are no XML.
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\uFFFE\uFFFF]/gu;

/** What cannot be seen, or would command a terminal, is written as `\u{1b}`; all else stays, so doing it twice changes nothing. */
export function harmless(text: string): string {
  return text.replace(unseen, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`);
}

/**
 * Text of a server for one line of a report: harmless, and cut where it is absurdly long.
 * Hidden characters are shown and not dropped, since one of them is often the cause that is looked for.
 */
export function visible(text: string): string {
  if (text.length <= longest) return harmless(text);
  return `${harmless(text.slice(0, longest))} (${text.length - longest} more characters)`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For HTML text and quoted attributes. */
export function escapeHtml(text: string): string {
  return harmless(text).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** For a label value of the Prometheus text format, without its quotes. */
export function escapeLabel(text: string): string {
  return visible(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}

/** JSON stays the same document; what JSON leaves raw and a terminal obeys is written as `\u009b`. */
export function escapeJson(json: string): string {
  return json.replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** A link a reader may follow: the address when it is http or https, else null. */
export function safeUrl(url: string): string | null {
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? new URL(url).href : null;
}
