import { randomUUID } from 'node:crypto';
import type { Element } from 'ltx';
import { element } from '../xml.ts';

const ns = {
  bind: 'urn:ietf:params:xml:ns:xmpp-bind',
  sasl: 'urn:ietf:params:xml:ns:xmpp-sasl',
  session: 'urn:ietf:params:xml:ns:xmpp-session',
  stanzas: 'urn:ietf:params:xml:ns:xmpp-stanzas',
  pubsub: 'http://jabber.org/protocol/pubsub',
  pubsubEvent: 'http://jabber.org/protocol/pubsub#event',
} as const;

export interface XmppServiceOptions {
  /** The domain of its users; asked for each time, because a machine may be renamed. */
  readonly domain: () => string;
  /** Whether the password is the user's: SASL PLAIN, RFC 4616. */
  readonly authenticate: (user: string, password: string) => Promise<boolean>;
  /** What it does with messages and presence beyond acknowledging them. */
  readonly onStanza?: (session: XmppSession, stanza: Element) => void;
  readonly onEnd?: (session: XmppSession) => void;
}

/** An XMPP server as far as Finesse's clients use one: SASL PLAIN, bind, session, presence, ping, pubsub events (XEP-0060). */
export class XmppService {
  readonly options: XmppServiceOptions;
  readonly #sessions = new Set<XmppSession>();

  constructor(options: XmppServiceOptions) {
    this.options = options;
  }

  get domain(): string {
    return this.options.domain();
  }

  /** A session over some transport. */
  open(send: (stanza: Element) => void): XmppSession {
    const session = new XmppSession(this, send);
    this.#sessions.add(session);
    return session;
  }

  close(session: XmppSession): void {
    if (this.#sessions.delete(session)) this.options.onEnd?.(session);
  }

  sessionsOf(user: string): readonly XmppSession[] {
    return [...this.#sessions].filter((session) => session.isBound && session.user === user);
  }

  /** Tells every session of a user of an event at a node. Nobody needs to subscribe to the nodes of their own. */
  publish(user: string, node: string, payload: Element): void {
    for (const session of this.sessionsOf(user)) {
      const event = element('message', null, {
        from: `pubsub.${this.domain}`,
        to: `${user}@${this.domain}`,
        id: `${node}__${user}@${this.domain}__${randomUUID().slice(0, 5)}`,
      });
      event
        .c('event', { xmlns: ns.pubsubEvent })
        .c('items', { node })
        .c('item', { id: randomUUID() })
        .c('notification', { xmlns: ns.pubsub })
        .t(payload.toString());
      session.send(event);
    }
  }
}

/** One client of the service, after its transport opened a stream. */
export class XmppSession {
  readonly send: (stanza: Element) => void;
  readonly #service: XmppService;
  #resource: string | null = null;
  user: string | null = null;

  constructor(service: XmppService, send: (stanza: Element) => void) {
    this.#service = service;
    this.send = send;
  }

  get isBound(): boolean {
    return this.#resource !== null;
  }

  get jid(): string {
    return `${this.user ?? ''}@${this.#service.domain}/${this.#resource ?? ''}`;
  }

  /** What the stream offers next (RFC 6120, section 4.3.2). */
  get features(): Element {
    const features = element('stream:features', null, { 'xmlns:stream': 'http://etherx.jabber.org/streams' });
    if (this.user === null) features.c('mechanisms', { xmlns: ns.sasl }).c('mechanism').t('PLAIN');
    else {
      features.c('bind', { xmlns: ns.bind });
      features.c('session', { xmlns: ns.session });
    }
    return features;
  }

  /** Takes what the client sent; answers through `send`. */
  async receive(stanza: Element): Promise<void> {
    if (stanza.is('auth')) return this.#authenticate(stanza);
    if (this.user === null) return;
    if (stanza.is('iq')) {
      this.#answer(stanza);
      return;
    }
    stanza.attrs['from'] = this.jid;
    this.#service.options.onStanza?.(this, stanza);
  }

  async #authenticate(stanza: Element): Promise<void> {
    const [, user = '', password = ''] = Buffer.from(stanza.getText(), 'base64').toString('utf8').split('\0');
    const name = user.split('@')[0] ?? '';
    const isPlain = stanza.attrs['mechanism'] === 'PLAIN';
    if (isPlain && (await this.#service.options.authenticate(name, password))) {
      this.user = name;
      this.send(element('success', null, { xmlns: ns.sasl }));
      return;
    }
    const failure = element('failure', null, { xmlns: ns.sasl });
    failure.c(isPlain ? 'not-authorized' : 'invalid-mechanism');
    this.send(failure);
  }

  #answer(iq: Element): void {
    const { id = '', to } = iq.attrs as { id?: string; to?: string };
    const result = element('iq', null, {
      type: 'result',
      id,
      from: to ?? this.#service.domain,
      ...(this.isBound ? { to: this.jid } : {}),
    });
    const bind = iq.getChild('bind', ns.bind);
    const subscribe = iq.getChild('pubsub', ns.pubsub)?.getChild('subscribe');
    if (bind !== undefined) {
      this.#resource = bind.getChildText('resource') ?? randomUUID().slice(0, 8);
      result.c('bind', { xmlns: ns.bind }).c('jid').t(this.jid);
    } else if (subscribe !== undefined) {
      const { node, jid } = subscribe.attrs as Record<string, string>;
      result.c('pubsub', { xmlns: ns.pubsub }).c('subscription', { node, jid, subscription: 'subscribed' });
    } else if (!isKnown(iq)) {
      result.attrs['type'] = 'error';
      result.c('error', { type: 'cancel' }).c('service-unavailable', { xmlns: ns.stanzas });
    }
    this.send(result);
  }
}

function isKnown(iq: Element): boolean {
  const known = ['urn:xmpp:ping', ns.session, 'jabber:iq:roster', ns.pubsub];
  return iq.getChildElements().some((child) => known.includes(child.getNS() ?? ''));
}
