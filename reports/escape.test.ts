import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeHtml, escapeJson, escapeLabel, harmless, safeUrl, visible } from './escape.ts';

const nasty = '<>&"\'\n\u001b\u0000\u202e\u2028\ud800\uffff\u009b';

describe('text of a server', () => {
  it('shows what cannot be seen', () => {
    expect(visible(nasty)).toBe('<>&"\'\\u{a}\\u{1b}\\u{0}\\u{202e}\\u{2028}\\u{d800}\\u{ffff}\\u{9b}');
  });
  it('stays as it is where it is plain, in any script', () => {
    expect(visible('CN=Zürich, O=株式会社')).toBe('CN=Zürich, O=株式会社');
  });
  it('is cut where it is absurdly long', () => {
    expect(visible('a'.repeat(5000))).toBe(`${'a'.repeat(1000)} (4000 more characters)`);
  });
  it('is the same when made harmless twice', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => harmless(harmless(text)) === harmless(text)));
  });
  it('never holds a control character', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !/[\p{Cc}\p{Cf}]/u.test(visible(text))));
  });
});

it('escapes HTML', () => {
  expect(escapeHtml(nasty)).toMatch(/^&lt;&gt;&amp;&quot;&#39;\\u\{a\}/);
});

it('escapes labels', () => {
  expect(escapeLabel('a"b\\c\nd')).toBe('a\\"b\\\\c\\\\u{a}d');
});

it('keeps JSON the same document', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const json = escapeJson(JSON.stringify(text));
      expect(JSON.parse(json)).toBe(text);
      expect(json).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }),
  );
});

it('follows only web addresses', () => {
  expect(safeUrl('https://www.rfc-editor.org/rfc/rfc5280#section-6')).toBe(
    'https://www.rfc-editor.org/rfc/rfc5280#section-6',
  );
  expect(safeUrl('javascript:alert(1)')).toBeNull();
  expect(safeUrl('https://')).toBeNull();
});
