import type { Duplex } from 'node:stream';
import { Parser } from '@xmpp/xml';
import type { Element } from 'ltx';
import { element } from '../xml.ts';
import type { XmppService } from './service.ts';

/** XMPP over a byte stream, RFC 6120: `stream:stream` opens and closes it. */
export function converseOver(service: XmppService, socket: Duplex): void {
  const session = service.open((stanza) => {
    if (socket.writable) socket.write(stanza.toString());
  });
  let turn = Promise.resolve();
  let parser = newParser();
  socket.on('data', (data: Buffer) => {
    // Always the parser of the stream of now: a new stream begins after the sign-in.
    parser.write(data.toString('utf8'));
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    service.close(session);
  });

  function newParser(): Parser {
    const made = new Parser();
    made.on('start', () => {
      const { domain } = service;
      const open = element('stream:stream', null, {
        xmlns: 'jabber:client',
        'xmlns:stream': 'http://etherx.jabber.org/streams',
        from: domain,
        id: String(Date.now()),
        version: '1.0',
      });
      // The stream stays open: its end tag comes last.
      socket.write(`<?xml version="1.0"?>${open.toString().replace(/\/>$/, '>')}${session.features.toString()}`);
    });
    made.on('element', (stanza: Element) => {
      turn = turn.then(async () => {
        if (stanza.is('auth')) parser = newParser();
        await session.receive(stanza);
      });
    });
    made.on('end', () => socket.end('</stream:stream>'));
    made.on('error', () => socket.end('</stream:stream>'));
    return made;
  }
}
