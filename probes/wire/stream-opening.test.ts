import { expect, test } from 'vitest';
import { StreamOpening } from './stream-opening.ts';

// Found by the fuzzer (seed 20261122): a piece that ended with the name looked like the element.
test.each([
  ['<stream:stream><stream:error', 'more'],
  ['<stream:stream><stream:errors', 'more'],
  ['<stream:stream><stream:error>', 'no-tls'],
  ['<stream:stream><stream:error/>', 'no-tls'],
])('%s is %s in one piece and byte by byte', (text, next) => {
  const bytes = Buffer.from(text);
  expect(new StreamOpening('a.example').push(bytes).next).toBe(next);
  const stream = new StreamOpening('a.example');
  expect([...bytes].map((byte) => stream.push(Buffer.from([byte])).next).at(-1)).toBe(next);
});
