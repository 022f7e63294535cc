import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { element, parsed } from '../xml.ts';
import type { XmppService } from './service.ts';

const framing = 'urn:ietf:params:xml:ns:xmpp-framing';
const longest = 256 * 1024;

/** XMPP over WebSocket, RFC 7395. */
export function webSocketOf(service: XmppService): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: longest,
    handleProtocols: (offered) => (offered.has('xmpp') ? 'xmpp' : false),
  });
  return (request, socket, head) => {
    server.handleUpgrade(request, socket, head, (client) => {
      converse(service, client);
    });
  };
}

function converse(service: XmppService, client: WebSocket): void {
  const session = service.open((stanza) => {
    client.send(stanza.toString());
  });
  // One stanza after another: a sign-in waits for CUCM, and what follows waits for the sign-in.
  let turn = Promise.resolve();
  client.on('message', (data) => {
    const stanza = parsed((data as Buffer).toString('utf8'));
    const answer = async (): Promise<void> => {
      if (stanza === null) client.close(1003);
      else if (stanza.is('open')) {
        client.send(
          element('open', null, {
            xmlns: framing,
            from: service.domain,
            id: String(Date.now()),
            version: '1.0',
          }).toString(),
        );
        client.send(session.features.toString());
      } else if (stanza.is('close')) client.close();
      else await session.receive(stanza);
    };
    turn = turn.then(answer).catch(() => client.terminate());
  });
  client.on('error', () => {
    client.terminate();
  });
  client.on('close', () => {
    service.close(session);
  });
}
