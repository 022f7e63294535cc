import { once } from 'node:events';
import { duplexPair } from 'node:stream';
import { expect, test } from 'vitest';
import { converseOver } from './stream.ts';
import { XmppService } from './service.ts';

const opening = '<stream:stream xmlns="jabber:client" xmlns:stream="http://etherx.jabber.org/streams" version="1.0">';
const secret = Buffer.from('\0agent1\0right').toString('base64');
const signIn = `<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="PLAIN">${secret}</auth>`;

/** What a client is told that says this, each once the one before was answered, and waits for the end. `onStanza` is what the service does with stanzas that it only passes on. */
async function told(said: readonly string[], onStanza: () => void = () => undefined): Promise<string> {
  const [client, server] = duplexPair();
  const authenticate = (_user: string, password: string): Promise<boolean> => Promise.resolve(password === 'right');
  converseOver(new XmppService({ domain: () => 'uccx1.lab.example', authenticate, onStanza }), server);
  let heard = '';
  client.on('data', (data: Buffer) => (heard += data.toString()));
  const ended = once(client, 'end');
  for (const piece of said) {
    const answered = once(client, 'data');
    client.write(piece);
    await Promise.race([answered, ended]);
  }
  client.end();
  await ended;
  return heard;
}

test('who signs in and says goodbye is told so', async () => {
  const words = await told([opening, signIn, opening, '</stream:stream>']);
  expect(words).toMatch(/mechanism>PLAIN[^]*<success [^]*<bind [^]*<\/stream:stream>$/);
  expect(words).not.toContain('stream:error');
});

test.each([
  ['an end tag before any start', ['</a>']],
  ['an entity that nobody knows', ['<a>&foo;</a>']],
  ['an entity that nobody knows, within the stream', [opening, '<a>&foo;</a>']],
  ['an end tag of another name', [opening, '<a></b>']],
  ['text before any start', ['hello <a/>']],
  ['a stanza without end', [opening, `<a>${'x'.repeat(300_000)}`]],
  ['random bytes', ['\u0000\u0001<\u0000></>&;<!']],
])('%s ends the stream, and nothing but the stream', async (_what, said) => {
  expect(await told(said)).toMatch(/<stream:error><not-well-formed xmlns="[^"]+"\/><\/stream:error><\/stream:stream>$/);
});

test('what the service cannot do ends the stream', async () => {
  const failing = (): void => {
    throw new Error('out of order');
  };
  expect(await told([opening, signIn, opening, '<message/>'], failing)).toContain('stream:error');
});
