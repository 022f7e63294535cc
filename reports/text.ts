/** Text broken at spaces into lines of at most `width` characters; a longer word, such as a fingerprint, is broken inside. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((long) => pieces(long, width))) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

function pieces(word: string, width: number): readonly string[] {
  if (word.length <= width) return [word];
  return Array.from({ length: Math.ceil(word.length / width) }, (_, index) =>
    word.slice(index * width, (index + 1) * width),
  );
}

/** A label in its column and the text wrapped beside it; `mark` decorates the label after it was measured. */
export function labelled(
  label: string,
  text: string,
  { indent, column, width, mark }: { indent: number; column: number; width: number; mark: (label: string) => string },
): readonly string[] {
  const left = indent + column;
  return wrap(text, Math.max(20, width - left)).map((line, index) =>
    index === 0 ? `${' '.repeat(indent)}${mark(label.padEnd(column))}${line}` : `${' '.repeat(left)}${line}`,
  );
}
