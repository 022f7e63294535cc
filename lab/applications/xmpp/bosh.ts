import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Element } from 'ltx';
import { element, parsed } from '../xml.ts';
import type { XmppService, XmppSession } from './service.ts';

const httpbind = 'http://jabber.org/protocol/httpbind';
const longestWaitSeconds = 30;

/** One BOSH session: requests in the order of their rid, and at most one that waits for something to say. */
class BoshSession {
  readonly sid = randomUUID();
  readonly #session: XmppSession;
  readonly #waitSeconds: number;
  readonly #early = new Map<number, () => Promise<void>>();
  #next: number;
  #said: Element[] = [];
  #waiting: ServerResponse | null = null;
  #timer: NodeJS.Timeout | null = null;
  #idle: NodeJS.Timeout | null = null;
  readonly #onEnd: () => void;

  constructor(service: XmppService, first: Element, onEnd: (session: BoshSession) => void) {
    this.#session = service.open((stanza) => {
      this.#said.push(stanza);
      setImmediate(() => {
        this.#flush();
      });
    });
    this.#waitSeconds = Math.min(Number(first.attrs['wait'] ?? longestWaitSeconds), longestWaitSeconds);
    this.#next = Number(first.attrs['rid']) + 1;
    this.#onEnd = () => {
      service.close(this.#session);
      onEnd(this);
    };
  }

  /** The answer to the request that opened the session. */
  opened(response: ServerResponse, domain: string): void {
    const body = element('body', null, {
      xmlns: httpbind,
      sid: this.sid,
      wait: String(this.#waitSeconds),
      requests: '2',
      hold: '1',
      inactivity: '60',
      ver: '1.6',
      from: domain,
      'xmlns:xmpp': 'urn:xmpp:xbosh',
      'xmpp:version': '1.0',
    });
    body.cnode(this.#session.features);
    write(response, body);
    this.#rest();
  }

  /** One request; those that came too early wait for their turn. */
  async take(body: Element, response: ServerResponse): Promise<void> {
    const rid = Number(body.attrs['rid']);
    if (rid < this.#next) {
      write(response, element('body', null, { xmlns: httpbind }));
      return;
    }
    this.#early.set(rid, () => this.#handle(body, response));
    for (let ready = this.#early.get(this.#next); ready !== undefined; ready = this.#early.get(this.#next)) {
      this.#early.delete(this.#next);
      this.#next += 1;
      await ready();
    }
  }

  async #handle(body: Element, response: ServerResponse): Promise<void> {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#answer();
    if (body.attrs['type'] === 'terminate') {
      write(response, element('body', null, { xmlns: httpbind, type: 'terminate' }));
      this.end();
      return;
    }
    this.#waiting = response;
    response.on('close', () => {
      if (this.#waiting === response) this.#waiting = null;
      this.#rest();
    });
    if (body.attrs['xmpp:restart'] === 'true') this.#said.push(this.#session.features);
    for (const stanza of body.getChildElements()) await this.#session.receive(stanza);
    this.#timer = setTimeout(() => {
      this.#answer();
    }, this.#waitSeconds * 1000).unref();
    this.#flush();
  }

  #flush(): void {
    if (this.#said.length > 0) this.#answer();
  }

  #answer(): void {
    const response = this.#waiting;
    if (response === null) return;
    this.#waiting = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const body = element('body', null, { xmlns: httpbind });
    for (const stanza of this.#said) body.cnode(stanza);
    this.#said = [];
    write(response, body);
  }

  /** A client that does not come back is gone. */
  #rest(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      this.end();
    }, 60_000).unref();
  }

  end(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#onEnd();
  }
}

function write(response: ServerResponse, body: Element): void {
  if (!response.writableEnded)
    response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8' }).end(body.toString());
}

/** XMPP over BOSH, XEP-0124 and XEP-0206, at one path. */
export function boshOf(service: XmppService): RequestListener {
  const sessions = new Map<string, BoshSession>();
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
    response.setHeader('access-control-allow-headers', 'Content-Type');
    if (request.method === 'OPTIONS') {
      response.writeHead(204).end();
      return;
    }
    const body = request.method === 'POST' ? parsed(await text(request)) : null;
    if (body?.is('body') !== true || !Number.isSafeInteger(Number(body.attrs['rid']))) {
      response.writeHead(400).end();
      return;
    }
    const sid = body.attrs['sid'] as string | undefined;
    if (sid === undefined) {
      const made = new BoshSession(service, body, ({ sid: own }) => sessions.delete(own));
      sessions.set(made.sid, made);
      made.opened(response, service.domain);
      return;
    }
    const session = sessions.get(sid);
    if (session === undefined) {
      write(response, element('body', null, { xmlns: httpbind, type: 'terminate', condition: 'item-not-found' }));
      return;
    }
    await session.take(body, response);
  };
  return (request, response) => {
    take(request, response).catch(() => response.destroy());
  };
}
