import { describe, expect, test } from 'vitest';
import { contactCentre, finesse, login } from '#tests/support/contact-centre.ts';
import { canListen } from '../../network.ts';

/** Libraries that go by name and port need the real ones. */
const hasRealPorts = await canListen({ address: '127.204.0.11', port: 443 });
const here = contactCentre('127.204.0.0/16');

describe('Live Data', () => {
  async function newToken(): Promise<string> {
    const reply = await here.ask('uccx1:9443', '/livedata/token/new?domain=CCX', { user: 'agent1' });
    return (JSON.parse(reply.body) as { token: string }).token;
  }

  test('gives out no token without a sign-in', async () => {
    expect((await here.ask('uccx1:9443', '/livedata/token/new?domain=CCX')).status).toBe(401);
  });

  test('statistics as they stand', async () => {
    const { body } = await here.ask('uccx1:9443', '/realtime/VoiceIAQStats');
    expect(JSON.parse(body)).toMatchObject([
      { id: 'Sales', operation: 'UPDATE', VoiceIAQStats: { esdName: 'Sales' } },
      {},
    ]);
    expect((await here.ask('uccx1:9443', '/realtime/Nothing')).status).toBe(404);
  });

  test.skipIf(!hasRealPorts)('a client of Socket.IO 2 hears of a change when it happens', async () => {
    const { fqdn } = here.lab.vos('uccx1');
    const options = { query: { token: await newToken() }, transports: ['websocket'] };
    // It takes its WebSocket from the global scope when it is loaded.
    Object.assign(globalThis, { WebSocket: here.browser.webSocket });
    const { default: io } = await import('socket.io-client');
    const socket = io(`https://${fqdn}:12015`, options);
    const heard = new Promise<unknown>((resolve) => socket.on('message', resolve));
    const subscribed = new Promise<unknown>((resolve) => socket.on('subscribed', resolve));
    socket.emit('subscribe', 'ResourceIAQStats=agent1');
    expect(await subscribed).toBe('ResourceIAQStats=agent1');
    await here.put('agent1', 'User/agent1', login('1001'));
    expect(await heard).toMatchObject({ id: 'agent1', ResourceIAQStats: { strResourceState: 'Not Ready' } });
    socket.close();
  });

  test('refuses who has no token', async () => {
    const reply = await here.ask('uccx1:12015', '/socket.io/?EIO=3&transport=polling');
    expect(reply.status).toBe(403);
    const polling = await here.ask('uccx1:12015', `/socket.io/?EIO=3&transport=polling&token=${await newToken()}`);
    expect([polling.status, polling.body]).toEqual([200, expect.stringContaining('"sid"')]);
  });

  test('a gadget is fetched by the trust store of the server', async () => {
    const url = `https://${here.lab.vos('uccx1').fqdn}:8444/cuic/gadget/LiveData/LiveDataGadget.xml?filterId=VoiceIAQStats`;
    const path = `/gadgets/ifr?url=${encodeURIComponent(url)}`;
    expect((await here.ask(finesse, path)).body).toContain('report-gadget.min.js');
    const chat = `/gadgets/ifr?url=${encodeURIComponent(`https://${here.lab.vos('ccp1').fqdn}/multisession/ui/gadgets/multisession-reply-gadget.xml`)}`;
    expect((await here.ask(finesse, chat)).body).toContain('chat-room.js');
    here.lab.vos('uccx1').trust.replaceAll([]);
    expect((await here.ask(finesse, chat)).body).toContain('Unable to retrieve spec');
  });
});
