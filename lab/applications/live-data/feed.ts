import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Server as Engine } from 'engine.io';
import { Server as SocketServer } from 'socket.io';
import type { ContactCentre } from '../contact-centre.ts';
import { isStatisticsName, statisticsOf, type StatisticsName } from './statistics.ts';

const queueValuesEveryMs = 3000;

/**
 * The push channel of Live Data: Socket.IO over Engine.IO 3, behind a token. A client subscribes by
 * `subscribe` with `Name=id,id` and gets each change as `message` (frames as public clients of UCCX send and read them).
 */
export class LiveDataFeed {
  readonly #centre: ContactCentre;
  readonly #tokens = new Set<string>();
  readonly #engine: Engine;
  readonly #io: SocketServer;
  #handled = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(centre: ContactCentre) {
    this.#centre = centre;
    this.#engine = new Engine({
      allowEIO3: true,
      cors: { origin: true, credentials: true },
      maxHttpBufferSize: 64 * 1024,
      allowRequest: (request, decide) => {
        const token = new URL(request.url ?? '', 'https://lab.invalid').searchParams.get('token') ?? '';
        decide(this.#tokens.has(token) ? null : 'not authorised', this.#tokens.has(token));
      },
    });
    this.#io = new SocketServer({ allowEIO3: true, serveClient: false });
    this.#io.bind(this.#engine);
    this.#io.on('connection', (socket) => {
      socket.on('subscribe', (wanted: unknown) => {
        const [name = '', ids = ''] = String(wanted).split('=');
        if (!isStatisticsName(name)) return;
        void socket.join(name);
        socket.data = { ...(socket.data as object), [name]: ids.split(',') };
        socket.emit('subscribed', wanted);
        this.#run();
      });
    });
    centre.on('state', () => {
      this.#say('ResourceIAQStats');
      this.#say('VoiceCSQDetailsStats');
    });
  }

  /** A token for one client. */
  newToken(): string {
    const token = randomBytes(16).toString('hex');
    this.#tokens.add(token);
    return token;
  }

  get handled(): number {
    return this.#handled;
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    this.#engine.handleRequest(request, response);
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#engine.handleUpgrade(request, socket, head);
  }

  /** Polling and all connections, for `show uccx socketio connection`. */
  get clients(): number {
    return this.#engine.clientsCount;
  }

  #run(): void {
    this.#timer ??= setInterval(() => {
      if (this.#engine.clientsCount === 0) {
        clearInterval(this.#timer ?? undefined);
        this.#timer = null;
        return;
      }
      this.#handled += 1;
      this.#say('VoiceIAQStats');
      this.#say('AgentCSQStats');
    }, queueValuesEveryMs).unref();
  }

  #say(name: StatisticsName): void {
    for (const record of statisticsOf(name, this.#centre, this.#handled)) {
      this.#io.to(name).emit('message', { id: record.id, operation: 'UPDATE', [name]: record });
    }
  }
}
