import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A peer that does to a client what it likes. */
export interface HostilePeer {
  readonly title: string;
  /** What it does with a connection. */
  readonly meet: (socket: Socket) => void;
  /** Why there is no certificate_list. */
  readonly reason: string;
  /** More of the failure, or what the connection answered. */
  readonly detail?: Readonly<Record<string, unknown>>;
  /** What the scan says: not-tls is a fault, everything else cannot be judged. */
  readonly fault?: 'not-tls';
}

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');

function vector(lengthBytes: number, content: Buffer): Buffer {
  const length = Buffer.alloc(lengthBytes);
  length.writeUIntBE(content.length, 0, lengthBytes);
  return Buffer.concat([length, content]);
}

function record(type: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([type, 3, 3]), vector(2, content)]);
}

function handshakeRecords(content: Buffer): Buffer {
  const most = 16_000;
  const parts = Array.from({ length: Math.ceil(content.length / most) }, (_, part) =>
    record(22, content.subarray(part * most, (part + 1) * most)),
  );
  return Buffer.concat(parts);
}

function message(type: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([type]), vector(3, content)]);
}

/** ServerHello of TLS 1.2 with TLS_RSA_WITH_AES_128_CBC_SHA and renegotiation_info. */
function serverHello(sessionId: Buffer = Buffer.alloc(0)): Buffer {
  const extensions = vector(2, bytes('ff01 0001 00'));
  return message(
    2,
    Buffer.concat([bytes('0303'), randomBytes(32), vector(1, sessionId), bytes('002f 00'), extensions]),
  );
}

function certificates(list: readonly Buffer[]): Buffer {
  return message(11, vector(3, Buffer.concat(list.map((der) => vector(3, der)))));
}

/** The flight of a TLS 1.2 server with static RSA: it needs no key, so anything can stand in it. */
function flight(...list: Buffer[]): Buffer {
  return handshakeRecords(Buffer.concat([serverHello(), certificates(list), message(14, Buffer.alloc(0))]));
}

/** An INTEGER in a SEQUENCE: DER, and no certificate. */
const noCertificate = bytes('3003020101');

/** Sends the same again and again for as long as the other side takes it. */
function endlessly(chunk: Buffer, first: Buffer = Buffer.alloc(0)): (socket: Socket) => void {
  return (socket) => {
    const more = (): void => {
      while (socket.writable && socket.write(chunk));
    };
    socket.on('drain', more);
    socket.once('data', () => {
      socket.write(first);
      more();
    });
  };
}

/** Says something as soon as a client comes, and then waits. */
const says =
  (text: Buffer | string) =>
  (socket: Socket): void => {
    socket.write(text);
  };

/** Answers the first bytes of the client. */
const answers =
  (answer: (socket: Socket, first: Buffer) => void) =>
  (socket: Socket): void => {
    socket.once('data', (first) => answer(socket, first));
  };

function drip(content: Buffer, everyMs: number): (socket: Socket) => void {
  return (socket) => {
    let place = 0;
    const timer = setInterval(() => {
      socket.write(content.subarray(place, (place += 1)));
    }, everyMs);
    socket.once('close', () => clearInterval(timer));
  };
}

const half = flight(randomBytes(4000)).subarray(0, 1000);
const atHandshake = { stage: 'handshake' };

export const hostilePeers: readonly HostilePeer[] = [
  { title: 'accepts and hangs', meet: () => undefined, reason: 'timed-out', detail: atHandshake },
  { title: 'sends a byte per second', meet: drip(flight(noCertificate), 1000), reason: 'timed-out' },
  { title: 'sends a byte now and then', meet: drip(flight(noCertificate), 100), reason: 'timed-out' },
  { title: 'resets at once', meet: (socket) => socket.resetAndDestroy(), reason: 'connection-reset' },
  {
    title: 'resets after the ClientHello',
    meet: answers((socket) => socket.resetAndDestroy()),
    reason: 'connection-reset',
    detail: atHandshake,
  },
  {
    title: 'resets in the middle of its flight',
    meet: answers((socket) => socket.write(half, () => socket.resetAndDestroy())),
    reason: 'connection-reset',
    detail: atHandshake,
  },
  { title: 'closes at once', meet: (socket) => socket.end(), reason: 'connection-closed', detail: atHandshake },
  {
    title: 'closes after the ClientHello',
    meet: answers((socket) => socket.end()),
    reason: 'connection-closed',
    detail: atHandshake,
  },
  {
    title: 'closes in the middle of its flight',
    meet: answers((socket) => socket.end(half)),
    reason: 'connection-closed',
    detail: atHandshake,
  },
  {
    title: 'speaks plain HTTP',
    meet: answers((socket) => socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')),
    reason: 'not-tls',
    detail: { speech: 'http' },
    fault: 'not-tls',
  },
  {
    title: 'speaks SSH',
    meet: says('SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n'),
    reason: 'not-tls',
    detail: { speech: 'ssh' },
    fault: 'not-tls',
  },
  {
    title: 'speaks SMTP',
    meet: says('220 mail.lab.test ESMTP\r\n'),
    reason: 'not-tls',
    detail: { speech: 'smtp' },
    fault: 'not-tls',
  },
  {
    title: 'sends garbage without end',
    meet: endlessly(Buffer.alloc(65_536, 0xa5)),
    reason: 'not-tls',
    detail: { speech: 'unknown' },
    fault: 'not-tls',
  },
  {
    title: 'alerts at once',
    meet: says(record(21, bytes('0228'))),
    reason: 'tls-alert',
    detail: { alert: 'handshake_failure' },
  },
  {
    title: 'does not know the name',
    meet: answers((socket) => socket.end(record(21, bytes('0270')))),
    reason: 'tls-alert',
    detail: { alert: 'unrecognized_name' },
  },
  {
    title: 'sends an alert that nobody has defined',
    meet: answers((socket) => socket.end(record(21, bytes('02c8')))),
    reason: 'tls-alert',
    detail: { alert: 'alert 200' },
  },
  { title: 'warns without end', meet: endlessly(record(21, bytes('0170'))), reason: 'tls-protocol-error' },
  {
    title: 'asks for a new handshake without end',
    meet: endlessly(Buffer.concat(Array<Buffer>(1000).fill(record(22, message(0, Buffer.alloc(0)))))),
    reason: 'tls-protocol-error',
  },
  {
    title: 'sends handshake records without end',
    meet: endlessly(record(22, Buffer.alloc(16_000, 0x41)), handshakeRecords(serverHello())),
    reason: 'tls-protocol-error',
  },
  {
    title: 'sends a byte in each record',
    meet: endlessly(
      Buffer.concat(Array<Buffer>(2000).fill(Buffer.concat([record(22, bytes('08')), record(22, bytes('0f'))]))),
      handshakeRecords(serverHello()),
    ),
    reason: 'limit-exceeded',
  },
  {
    title: 'sends empty messages without end',
    meet: endlessly(record(22, Buffer.alloc(16_000)), handshakeRecords(serverHello())),
    reason: 'limit-exceeded',
  },
  {
    title: 'sends its certificates twice',
    meet: answers((socket) =>
      socket.write(handshakeRecords(Buffer.concat([serverHello(), certificates([]), certificates([])]))),
    ),
    reason: 'tls-protocol-error',
  },
  {
    title: 'sends empty records without end',
    meet: endlessly(record(22, Buffer.alloc(0))),
    reason: 'tls-protocol-error',
  },
  {
    title: 'sends a record longer than allowed',
    meet: answers((socket) => socket.write(record(22, Buffer.alloc(60_000)))),
    reason: 'tls-protocol-error',
  },
  {
    title: 'sends a certificate message of 16 MB',
    meet: answers((socket) => socket.write(flight(Buffer.alloc(16_700_000)))),
    reason: 'tls-protocol-error',
  },
  {
    title: 'answers as if a session were resumed',
    // The session_id of the ClientHello stands behind version and random: 5 + 4 + 2 + 32 bytes in.
    meet: answers((socket, hello) => {
      const sessionId = hello.subarray(44, 44 + (hello[43] ?? 0));
      socket.write(Buffer.concat([handshakeRecords(serverHello(sessionId)), record(20, bytes('01'))]));
    }),
    reason: 'tls-protocol-error',
  },
];

/** Peers that send something in the place of certificates. It is recorded as it was sent, and is a fault. */
export const unreadablePeers: readonly { readonly title: string; readonly sent: readonly Buffer[] }[] = [
  { title: 'sends DER that is no certificate', sent: [noCertificate] },
  { title: 'sends noise for a certificate', sent: [randomBytes(900)] },
  { title: 'sends an empty certificate', sent: [Buffer.alloc(0)] },
  { title: 'sends an empty certificate_list', sent: [] },
];

/** Meets a client with a flight that holds these certificates. */
export function presents(certificates: readonly Buffer[]): (socket: Socket) => void {
  return answers((socket) => socket.write(flight(...certificates)));
}

/** Where somebody listens. Disposing of it closes what is open. */
export interface Listening extends AsyncDisposable {
  readonly address: string;
  readonly port: number;
}

/** Meets every connection to an address as the peer does, until it is closed. */
export async function listen(address: string, meet: (socket: Socket) => void): Promise<Listening> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    meet(socket);
    socket.resume();
  });
  server.listen(0, address);
  await once(server, 'listening');
  return {
    address,
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () => {
      for (const socket of sockets) socket.destroy();
      return server[Symbol.asyncDispose]();
    },
  };
}
