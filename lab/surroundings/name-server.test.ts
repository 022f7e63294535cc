import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestLab, type TestLab } from '#tests/support/lab.ts';

/** The resolver of Node (c-ares) asks the lab's name server. */
describe('the name server', () => {
  let up: TestLab;
  const resolver = new Resolver({ timeout: 2000, tries: 1 });
  const codeOf = (asked: Promise<unknown>): Promise<unknown> =>
    asked.then(
      () => 'an answer',
      (error: unknown) => (error as NodeJS.ErrnoException).code,
    );

  beforeAll(async () => {
    up = await startTestLab('127.173.0.0/16', { portMap: true });
    resolver.setServers([up.lab.names.at]);
  });
  afterAll(() => up[Symbol.asyncDispose]());

  test('knows the machines forward and back', async () => {
    expect(await resolver.resolve4('UCCX1.lab.example')).toEqual(['127.0.0.1']);
    expect(await resolver.resolvePtr('1.0.0.127.in-addr.arpa')).toContain('ccp1.lab.example');
  });

  test('tells a name that has no such address from one that nobody has', async () => {
    expect(await codeOf(resolver.resolve6('uccx1.lab.example'))).toBe('ENODATA');
    expect(await codeOf(resolver.resolve4('nobody.lab.example'))).toBe('ENOTFOUND');
    expect(await codeOf(resolver.resolvePtr('1.2.0.192.in-addr.arpa'))).toBe('ENOTFOUND');
  });

  test('does not mind what is no question', async () => {
    const socket = createSocket('udp4');
    const [address = '', port = ''] = up.lab.names.at.split(':');
    for (const noise of ['', '00', 'ff'.repeat(600), '000181800000000000000000'])
      socket.send(Buffer.from(noise, 'hex'), Number(port), address);
    expect(await resolver.resolve4('uccx1.lab.example')).toEqual(['127.0.0.1']);
    socket.close();
    await once(socket, 'close');
  });

  test('is healed like everything else', async () => {
    up.lab.names.changes = { ...up.lab.names.changes, takenOut: ['uccx1.lab.example'] };
    expect(await codeOf(resolver.resolve4('uccx1.lab.example'))).toBe('ENOTFOUND');
    await up.lab.reset();
    expect(await codeOf(resolver.resolve4('uccx1.lab.example'))).toBe('an answer');
  });
});
