/** What stands where a secret stood. */
const masked = '[secret]';

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
