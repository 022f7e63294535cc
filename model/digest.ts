import { hash } from 'node:crypto';
import type { Sha256 } from './names.ts';

/** SHA-256 over bytes or UTF-8 text, lower-case hexadecimal. */
export function sha256(content: Uint8Array | string): Sha256 {
  return hash('sha256', content) as Sha256;
}
