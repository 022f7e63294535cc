import type { z } from 'zod';
import type { Speech } from '#model/observation.ts';

/** What the first bytes of a peer look like that did not answer a ClientHello in TLS. */
export function speechOf(firstBytes: Uint8Array): z.infer<typeof Speech> {
  const text = Buffer.from(firstBytes).toString('latin1');
  if (/^HTTP\/\d/.test(text) || /^<(!doctype|html)/i.test(text)) return 'http';
  if (text.startsWith('SSH-')) return 'ssh';
  if (/^220[ -]/.test(text)) return 'smtp';
  if (/^<\?xml|^<stream:/.test(text)) return 'xmpp';
  return 'unknown';
}
