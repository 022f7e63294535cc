import type { IncomingMessage } from 'node:http';

const largestBody = 1024 * 1024;

/** The request is larger than any certificate. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/** The body of a request. */
export async function bodyOf(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const piece = Buffer.from(chunk as Buffer);
    length += piece.length;
    if (length > largestBody) throw new BodyTooLarge(`more than ${largestBody} octets`);
    chunks.push(piece);
  }
  return Buffer.concat(chunks);
}

/** The fields of a posted form, of either encoding. One that cannot be read has no fields. */
export async function formOf(request: IncomingMessage): Promise<FormData> {
  const body = await bodyOf(request);
  const type = request.headers['content-type'] ?? 'application/x-www-form-urlencoded';
  return new Response(body, { headers: { 'content-type': type } }).formData().catch(() => new FormData());
}

/** A field as text; empty where it is left out or is a file. */
export function fieldOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

/** User and password of HTTP Basic (RFC 7617), or null. */
export function basicOf(request: IncomingMessage): { readonly user: string; readonly password: string } | null {
  const encoded = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? null : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}
