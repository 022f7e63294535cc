import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import type { IncomingMessage, RequestListener } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Listener } from '#products/product.ts';
import { configurationApi } from './app-admin/configuration-api.ts';
import { appAdmin } from './app-admin/pages.ts';
import type { Application, Host, Surroundings } from './application.ts';
import { Authentication } from './authentication.ts';
import { agentGadget, agentRooms } from './ccp/agent-rooms.ts';
import { customerChat } from './ccp/customer.ts';
import { cucmServices } from './cucm/services.ts';
import { intelligenceCenter, operationsAdministration } from './cuic/pages.ts';
import { finesseApi } from './finesse/api.ts';
import { finesseDesktop } from './finesse/desktop.ts';
import { notificationService } from './finesse/notification-service.ts';
import { identityService } from './ids.ts';
import { LiveDataFeed } from './live-data/feed.ts';
import { acceptancePage, engine } from './live-data/pages.ts';
import { html, namedPage } from './page.ts';
import { portico } from './portico.ts';
import { boshOf } from './xmpp/bosh.ts';
import type { XmppService } from './xmpp/service.ts';
import { converseOver } from './xmpp/stream.ts';
import { webSocketOf } from './xmpp/web-socket.ts';

/** What one machine runs, made when its first port is. */
interface Running {
  readonly host: Host;
  readonly feed: LiveDataFeed;
  readonly xmpp: XmppService | null;
}

/** The web proxy of Finesse listens whether its Tomcat runs or not; inferred: what it answers then. */
function isBehindStopped(host: Host, { port, service }: Listener): boolean {
  return port === 8445 && service === 'Cisco Web Proxy Service' && !host.isStarted('Cisco Finesse Tomcat');
}

type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** The applications of one deployment, port by port. */
export class Applications {
  readonly authentication: Authentication;
  readonly #surroundings: Surroundings;
  readonly #running = new Map<Host, Running>();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.authentication = new Authentication(surroundings);
    // Whoever signs out takes no chats either.
    surroundings.centre.on('state', (agent) => {
      if (agent.state === 'LOGOUT') surroundings.chats.setReady(agent, false);
    });
  }

  /** Everybody signed out, no call, no chat, no lock. */
  reset(): void {
    this.#surroundings.centre.reset();
    this.#surroundings.chats.reset();
    this.authentication.reset();
  }

  /** What answers at a port of a machine. */
  of(host: Host, listener: Listener): Application {
    const running = this.#runningOn(host);
    const { xmpp, feed } = running;
    if (xmpp !== null && listener.port === 5223) {
      return {
        speaks: 'xmpp',
        converse: (socket) => {
          converseOver(xmpp, socket);
        },
      };
    }
    const isPushed = pushes(host, listener.port);
    const bosh = xmpp !== null && listener.port === 7443 ? boshOf(xmpp) : null;
    const socket = xmpp !== null && hasWebSocket(host, listener.port) ? webSocketOf(xmpp) : null;
    // Made at the first request: most ports of a big lab are never asked for a page.
    let pages: RequestListener | null = null;
    const answer: RequestListener = (request, response) => {
      response.on('error', () => response.destroy());
      response.setHeader('date', new Date(Date.now() + host.clockAheadSeconds * 1000).toUTCString());
      const path = new URL(request.url ?? '', 'https://lab.invalid').pathname;
      if (isBehindStopped(host, listener)) response.writeHead(502).end('Bad Gateway\n');
      else if (isTooMuch(request)) response.writeHead(413, { connection: 'close' }).end();
      else if (isPushed && path === '/socket.io/') feed.answer(request, response);
      else if (bosh !== null && /^\/http-bind\/?$/.test(path)) bosh(request, response);
      else {
        pages ??= this.#pagesOf(running, listener);
        pages(request, response);
      }
    };
    const upgrade: Upgrade = (request, duplex, head) => {
      const path = new URL(request.url ?? '', 'https://lab.invalid').pathname;
      if (isBehindStopped(host, listener)) duplex.end('HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n');
      else if (isPushed && path === '/socket.io/') feed.upgrade(request, duplex, head);
      else if (socket !== null && /^\/ws\/?$/.test(path)) socket(request, duplex, head);
      else duplex.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
    };
    return { speaks: 'http', answer, upgrade };
  }

  #runningOn(host: Host): Running {
    const known = this.#running.get(host);
    if (known !== undefined) return known;
    const isFinesse = host.type.startsWith('UCCX') || host.type.startsWith('FINESSE');
    const surroundings = this.#surroundings;
    const xmpp = isFinesse
      ? notificationService(host, surroundings, this.authentication)
      : host.type === 'CCP'
        ? agentRooms(host, surroundings, this.authentication)
        : null;
    const made = { host, feed: new LiveDataFeed(surroundings.centre), xmpp };
    this.#running.set(host, made);
    return made;
  }

  #pagesOf(running: Running, listener: Listener): RequestListener {
    const { host } = running;
    const pages = new Hono({ strict: false });
    for (const family of familiesOf(host)) {
      for (const part of this.#partsOf(running, family, listener.port)) pages.route('/', part);
    }
    const first = listener.page ?? '/';
    const named = namedPage(listener.title, host.fqdn);
    pages.get(first, (context) => context.html(named));
    pages.get('/', (context) => context.redirect(first));
    pages.notFound((context) => context.text('Not found\n', 404));
    pages.onError((_error, context) => context.text('Internal server error\n', 500));
    const respond = getRequestListener(pages.fetch, { overrideGlobalObjects: false });
    return (request, response) => void respond(request, response);
  }

  /** What is served at a port before the page that only names the machine. */
  #partsOf({ host, feed }: Running, family: string, port: number): readonly Hono[] {
    const { authentication } = this;
    const surroundings = this.#surroundings;
    const finesse = (): Hono[] => {
      const api = new Hono();
      api.route('/finesse/api', finesseApi(host, surroundings, authentication));
      return [api, finesseDesktop(host, surroundings)];
    };
    const administration = (): Hono[] => {
      const api = new Hono();
      api.route('/adminapi', configurationApi(host, surroundings, authentication));
      return [operationsAdministration(), api, appAdmin(host, surroundings, authentication)];
    };
    const parts: Readonly<Record<string, () => readonly Hono[]>> = {
      'UCCX 443': administration,
      'UCCX 8443': administration,
      'UCCX 8444': () => [intelligenceCenter(host, surroundings, authentication, feed)],
      'UCCX 8445': finesse,
      'UCCX 7443': () => [blank()],
      'UCCX 8553': () => [identityService(host)],
      'UCCX 9443': () => [engine(host, surroundings, authentication, feed)],
      'UCCX 12015': () => [acceptance()],
      'CCP 443': () => [customerChat(host, surroundings), agentGadget(host)],
      'CCP 7443': () => [blank()],
      'CM 443': () => [cucmServices(host, surroundings)],
      'CM 8443': () => [cucmServices(host, surroundings)],
      'FINESSE 443': finesse,
      'FINESSE 8445': finesse,
      'FINESSE 7443': () => [blank()],
      'FINESSE 8443': () => [portico(surroundings, host)],
      'CUIC 443': () => [intelligenceCenter(host, surroundings, authentication, feed)],
      'CUIC 8444': () => [intelligenceCenter(host, surroundings, authentication, feed)],
      'CUIC 8443': () => [operationsAdministration(), portico(surroundings, host)],
      'LIVE_DATA 443': () => [acceptance(), engine(host, surroundings, authentication, feed)],
      'LIVE_DATA 12005': () => [acceptance(), engine(host, surroundings, authentication, feed)],
      'LIVE_DATA 12008': () => [acceptance()],
      'IDS 8553': () => [identityService(host)],
      'CVP 8111': () => [portico(surroundings, host)],
    };
    const made = parts[`${family} ${port}`]?.();
    return made ?? (port === 7890 ? [portico(surroundings, host)] : []);
  }
}

const longestBody = 256 * 1024;

/** A body that is longer than any form here, or whose length is not said. */
function isTooMuch({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > longestBody;
}

const families = ['UCCX', 'CCP', 'CM', 'FINESSE', 'CUIC', 'LIVE_DATA', 'IDS', 'CVP'] as const;

/** The products of a machine, its own first. */
function familiesOf({ type, beside = [] }: Host): readonly string[] {
  return [type, ...beside].map((each) => families.find((name) => each.startsWith(name)) ?? each);
}

function hasWebSocket(host: Host, port: number): boolean {
  return port === 7443 || port === 8445 || (port === 443 && familiesOf(host).includes('FINESSE'));
}

function pushes(host: Host, port: number): boolean {
  return port === 12015 || (familiesOf(host).includes('LIVE_DATA') && (port === 443 || port === 12008));
}

/** The page that agents open only to accept the certificate; their desktop asks for it to see whether they did. */
function blank(): Hono {
  const pages = new Hono();
  pages.use(cors());
  pages.get('/', (context) => context.html(html({ title: '', body: '' })));
  return pages;
}

function acceptance(): Hono {
  const pages = new Hono();
  pages.use(cors());
  for (const path of ['/', '/security', '/livedata/security'])
    pages.get(path, (context) => context.html(acceptancePage()));
  return pages;
}
