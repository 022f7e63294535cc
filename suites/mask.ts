/** What stands where a secret stood. */
const masked = '[secret]';

/** In the query of an address, and in JSON, which may stand in JSON itself. */
const tokens = [/[?&](?:access_)?token=([\w.~%+/=-]{8,})/g, /"(?:access_?)?token\\?"\s*:\s*\\?"([^"\\]{8,})/gi];

/**
 * Takes secrets out of what a browser brings home: as they are, escaped for URLs, JSON and XML, and inside Base64 (Basic,
 * RFC 7617; SASL PLAIN, RFC 4616).
 */
export class Mask {
  readonly #secrets = new Set<string>();

  /** Hides this secret from now on. */
  add(secret: string): void {
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), inXml(secret)])
      if (form !== '') this.#secrets.add(latin1(form));
  }

  /** Hides the access tokens of Live Data that stand in something, from now on: the address of a socket has one, and the reply that gives it out. */
  addTokensIn(bytes: Uint8Array): void {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    for (const token of tokens) for (const [, found = ''] of text.matchAll(token)) this.add(found);
  }

  text(text: string): string {
    return this.bytes(Buffer.from(text)).toString();
  }

  bytes(bytes: Uint8Array): Buffer {
    const before = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    let after = before;
    for (const secret of this.#secrets) after = after.replaceAll(secret, masked);
    after = after.replaceAll(/[A-Za-z0-9+/_-]{8,}={0,2}/g, (token) => (this.#isHidingOne(token) ? masked : token));
    return Buffer.from(after, 'latin1');
  }

  #isHidingOne(token: string): boolean {
    const text = Buffer.from(token, 'base64').toString('latin1');
    return [...this.#secrets].some((secret) => text.includes(secret));
  }
}

function latin1(text: string): string {
  return Buffer.from(text).toString('latin1');
}

function inXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
