import { client, xml, type Client } from '@xmpp/client';
import { once } from 'node:events';
import { connect as connectTls } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { contactCentre, login, state } from '#tests/support/contact-centre.ts';
import { canListen } from '../../network.ts';

/** Libraries that go by name and port need the real ones. */
const hasRealPorts = await canListen({ address: '127.201.0.11', port: 443 });
const here = contactCentre('127.201.0.0/16');

describe.skipIf(!hasRealPorts)('the notification service, with a client of others', () => {
  const open: Client[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((xmpp) => xmpp.stop()));
  });

  /** Signs somebody in to XMPP; gives what arrives, in order. */
  async function listen(user: string, password = here.lab.centre.password): Promise<{ next: () => Promise<string> }> {
    Object.assign(globalThis, { WebSocket: here.browser.webSocket });
    const { fqdn } = here.lab.vos('uccx1');
    const xmpp = client({
      service: `wss://${fqdn}:8445/ws/`,
      domain: fqdn,
      resource: 'desktop',
      username: user,
      password,
    });
    open.push(xmpp);
    const heard: string[] = [];
    let wake = (): void => undefined;
    xmpp.on('error', () => undefined);
    xmpp.on('stanza', (stanza) => {
      if (!stanza.is('message')) return;
      heard.push(stanza.getChild('event')?.getChild('items')?.getChild('item')?.getChildText('notification') ?? '');
      wake();
    });
    await xmpp.start();
    await xmpp.send(xml('presence'));
    return {
      next: async () => {
        while (heard.length === 0) await new Promise<void>((resolve) => (wake = resolve));
        return heard.shift() ?? '';
      },
    };
  }

  test('what was asked is answered 202, and what came of it is told', async () => {
    const agent1 = await listen('agent1');
    expect(await here.put('agent1', 'User/agent1', login('1001'))).toBe(202);
    expect(await agent1.next()).toMatch(/<state>NOT_READY<\/state>.*<event>PUT<\/event>/);
    await here.put('agent1', 'User/agent1', state('READY'));
    expect(await agent1.next()).toContain('<state>READY</state>');
    await here.put('agent1', 'User/agent1', state('LOGOUT'));
    expect(await agent1.next()).toMatch(/<apiErrors>.*CF_INVALID_OBJECT_STATE.*<event>put<\/event>/);
  });

  test("an extension that is not the agent's is refused by an event", async () => {
    const agent1 = await listen('agent1');
    expect(await here.put('agent1', 'User/agent1', login('1002'))).toBe(202);
    expect(await agent1.next()).toContain('CF_INVALID_LOGON_DEVICE_SPECIFIED');
  });

  test('a call rings, is answered, held, and ends, for both', async () => {
    const [agent1, agent2] = [await listen('agent1'), await listen('agent2')];
    for (const [id, extension] of [
      ['agent1', '1001'],
      ['agent2', '1002'],
    ] as const) {
      await here.put(id, `User/${id}`, login(extension));
    }
    await Promise.all([agent1.next(), agent2.next()]);
    const call =
      '<Dialog><requestedAction>MAKE_CALL</requestedAction><fromAddress>1002</fromAddress><toAddress>1001</toAddress></Dialog>';
    expect(await here.put('agent2', 'User/agent2/Dialogs', call, 'POST')).toBe(202);
    const rings = await agent1.next();
    expect(rings).toMatch(/<fromAddress>1002<\/fromAddress>.*<state>ALERTING<\/state>/);
    expect(await agent2.next()).toContain('<event>POST</event>');
    const id = /<id>(\w+)<\/id>/.exec(rings)?.[1] ?? '';
    const act = (action: string): Promise<number> =>
      here.put('agent1', `Dialog/${id}`, `<Dialog><requestedAction>${action}</requestedAction></Dialog>`);
    expect(await act('RETRIEVE')).toBe(400);
    expect(await act('ANSWER')).toBe(202);
    expect([await agent1.next(), await agent2.next()].every((told) => told.includes('TALKING'))).toBe(true);
    expect(await act('DROP')).toBe(202);
    expect(here.lab.centre.agents.every(({ dialogs }) => dialogs.length === 0)).toBe(true);
  });

  test('a wrong password is refused', async () => {
    await expect(listen('agent1', 'wrong')).rejects.toThrow('not-authorized');
  });

  test('5223 speaks XMPP under TLS at once', async () => {
    const { place } = here.lab.vos('uccx1').port(5223);
    const { fqdn } = here.lab.vos('uccx1');
    const socket = connectTls({ host: place.address, port: place.port, servername: fqdn, ca: here.browser.options.ca });
    await once(socket, 'secureConnect');
    const hears = async (what: string): Promise<void> => {
      for (let text = ''; !text.includes(what);) text += String((await once(socket, 'data'))[0]);
    };
    const stream = `<stream:stream xmlns="jabber:client" xmlns:stream="http://etherx.jabber.org/streams" to="${fqdn}" version="1.0">`;
    socket.write(stream);
    await hears('PLAIN');
    const secret = Buffer.from(`\0agent1\0${here.lab.centre.password}`).toString('base64');
    socket.write(`<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="PLAIN">${secret}</auth>`);
    await hears('<success');
    socket.write(stream);
    await hears('urn:ietf:params:xml:ns:xmpp-bind');
    socket.destroy();
  });
});
