const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']' };

/**
 * What makes a selector none, in words; null where nothing does. Only what CSS and Playwright alike would stumble over is
 * told: brackets and quotes that do not close, and chains with a gap. What is left Playwright itself refuses, in its words.
 */
export function selectorMistake(selector: string): string | null {
  if (selector.trim() === '') return 'write a selector';
  // XPath and text have rules of their own.
  if (/^(?:\/\/|\.\.|xpath=|text=)/.test(selector.trim())) return null;
  const open: string[] = [];
  let quote: string | null = null;
  for (let at = 0; at < selector.length; at += 1) {
    const sign = selector.charAt(at);
    if (sign === '\\') at += 1;
    else if (quote !== null) quote = sign === quote ? null : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (closing[sign] !== undefined) open.push(sign);
    else if (sign === ')' || sign === ']') {
      if (closing[open.pop() ?? ''] !== sign) return `no selector: ${sign} closes nothing`;
    }
  }
  if (quote !== null) return `no selector: the quote ${quote} is not closed`;
  const left = open.at(-1);
  if (left !== undefined) return `no selector: ${left} is not closed`;
  if (selector.split('>>').some((part) => part.trim() === '')) return 'no selector: there is nothing on one side of >>';
  return /^\s*[,+~]|[,>+~]\s*$|,\s*,/.test(selector)
    ? 'no selector: something is missing beside a sign that joins two selectors'
    : null;
}
