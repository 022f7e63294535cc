/** What is wrong with a command that people copy: characters that only look like those of a keyboard, or that nobody sees. */
export function lintCommand(text: string): string[] {
  const odd = new Set(text.match(/[^ -~]/gu));
  const mistakes = Array.from(
    odd,
    (character) => `character U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
  if ((text.match(/"/g)?.length ?? 0) % 2 === 1) mistakes.push('a quotation mark that is not closed');
  if (text !== text.trim()) mistakes.push('a blank at the edge');
  return mistakes;
}
