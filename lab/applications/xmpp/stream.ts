import type { Duplex } from 'node:stream';
import { Parser } from '@xmpp/xml';
import type { Element } from 'ltx';
import { element } from '../xml.ts';
import type { XmppService } from './service.ts';

/** Ends a stream whose XML cannot be read, RFC 6120 section 4.9.3.13. */
const notWellFormed =
  '<stream:error><not-well-formed xmlns="urn:ietf:params:xml:ns:xmpp-streams"/></stream:error></stream:stream>';
/** Bytes that may come without a whole stanza among them. */
const longest = 256 * 1024;

/** XMPP over a byte stream, RFC 6120: `stream:stream` opens and closes it. */
export function converseOver(service: XmppService, socket: Duplex): void {
  const say = (words: string): void => {
    if (socket.writable) socket.write(words);
  };
  const session = service.open((stanza) => {
    say(stanza.toString());
  });
  let turn = Promise.resolve();
  let unread = 0;
  const giveUp = (): void => {
    socket.removeAllListeners('data');
    socket.resume();
    if (socket.writable) socket.end(notWellFormed);
  };
  let parser = newParser();
  socket.on('data', (data: Buffer) => {
    unread += data.length;
    try {
      // Always the parser of the stream of now: a new stream begins after the sign-in.
      parser.write(data.toString('utf8'));
    } catch {
      // The parser throws what it has no event for: an end tag before any start, an entity that it does not know.
      giveUp();
    }
    if (unread > longest) giveUp();
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
      say(`<?xml version="1.0"?>${open.toString().replace(/\/>$/, '>')}${session.features.toString()}`);
    });
    made.on('element', (stanza: Element) => {
      unread = 0;
      turn = turn
        .then(async () => {
          if (stanza.is('auth')) parser = newParser();
          await session.receive(stanza);
        })
        .catch(giveUp);
    });
    made.on('end', () => {
      if (socket.writable) socket.end('</stream:stream>');
    });
    made.on('error', giveUp);
    return made;
  }
}
