import { createHash } from 'node:crypto';
import type { Sha256 } from './names.ts';

/** SHA-256 over bytes or UTF-8 text, lower-case hexadecimal. */
export function sha256(content: Uint8Array | string): Sha256 {
  return createHash('sha256').update(content).digest('hex') as Sha256;
}
