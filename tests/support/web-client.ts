import { once } from 'node:events';
import { request as httpsRequest } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Place } from '#lab/machines/listen.ts';

/** What came back. */
export interface WebAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  readonly text: string;
}

/** A browser without a screen: TLS verified against the given anchors, cookies kept, redirects followed after a form. */
export class WebClient {
  readonly #server: { readonly place: Place; readonly fqdn: string; readonly anchors: string };
  readonly #cookies = new Map<string, string>();
  authorization: string | null = null;

  constructor(server: { readonly place: Place; readonly fqdn: string; readonly anchors: string }) {
    this.#server = server;
  }

  async get(path: string): Promise<WebAnswer> {
    return this.#send('GET', path, null);
  }

  /** Sends a form: as multipart where it is one, else as fields of a URL. */
  async post(path: string, fields: FormData | Readonly<Record<string, string>>): Promise<WebAnswer> {
    const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
    const encoded = new Response(body);
    const type = encoded.headers.get('content-type') ?? '';
    const answer = await this.#send('POST', path, { type, bytes: Buffer.from(await encoded.arrayBuffer()) });
    const to = answer.headers.location;
    return answer.status === 302 && to !== undefined ? this.get(to) : answer;
  }

  async postJson(path: string, json: unknown): Promise<WebAnswer> {
    const text = typeof json === 'string' ? json : JSON.stringify(json);
    return this.#send('POST', path, { type: 'application/json', bytes: Buffer.from(text) });
  }

  async #send(
    method: string,
    path: string,
    body: { readonly type: string; readonly bytes: Buffer } | null,
  ): Promise<WebAnswer> {
    const { place, fqdn, anchors } = this.#server;
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const asked = httpsRequest({
      host: place.address,
      port: place.port,
      servername: fqdn,
      ca: anchors,
      agent: false,
      method,
      path,
      headers: {
        host: fqdn,
        ...(cookie === '' ? {} : { cookie }),
        ...(this.authorization === null ? {} : { authorization: this.authorization }),
        ...(body === null ? {} : { 'content-type': body.type, 'content-length': body.bytes.length }),
      },
    });
    asked.end(body?.bytes);
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    for (const set of response.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      this.#cookies.set(name, value);
    }
    const bytes = await buffer(response);
    const status = response.statusCode ?? 0;
    return { status, headers: response.headers, body: bytes, text: bytes.toString('utf8') };
  }
}

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
