import { client, xml, type Client } from '@xmpp/client';
import { once } from 'node:events';
import { connect as connectTls } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startTestLab, type TestLab } from '#tests/support/lab.ts';
import { LabClient, type LabReply, type LabRequest } from '#tests/support/lab-client.ts';
import type { Lab } from '../lab.ts';
import { canListen } from '../network.ts';
import { scenarioOf } from '../control-server.ts';

const network = '127.97.0.0/16';
/** Libraries that go by name and port need the real ones. */
const hasRealPorts = await canListen({ address: '127.97.0.11', port: 443 });

let started: TestLab;
let lab: Lab;
let browser: LabClient;

beforeAll(async () => {
  started = await startTestLab(network, { signed: true });
  lab = started.lab;
  browser = new LabClient(lab);
});
afterAll(() => started[Symbol.asyncDispose]());
afterEach(() => lab.reset());

async function ask(at: string, path: string, wanted?: LabRequest): Promise<LabReply> {
  return browser.ask(at, path, wanted);
}

const finesse = 'uccx1:8445';

async function put(user: string, path: string, body: string, method = 'PUT'): Promise<number> {
  return (await ask(finesse, `/finesse/api/${path}`, { user, method, body })).status;
}

const login = (extension: string): string => `<User><state>LOGIN</state><extension>${extension}</extension></User>`;
const state = (wanted: string): string => `<User><state>${wanted}</state></User>`;

describe('Finesse over REST', () => {
  test('is away while its Tomcat is, with the port still open', async () => {
    const node = lab.vos('uccx1');
    await node.stopService('Cisco Finesse Tomcat');
    expect((await ask(finesse, '/finesse/api/SystemInfo')).status).toBe(502);
    await node.restartService('Cisco Finesse Tomcat');
    expect((await ask(finesse, '/finesse/api/SystemInfo')).status).toBe(200);
  });

  const cases: readonly (readonly [what: string, path: string, LabRequest, status: number, body: RegExp])[] = [
    ['SystemInfo asks no sign-in', 'SystemInfo', {}, 200, /<status>IN_SERVICE<\/status>/],
    ['a user', 'User/agent1', { user: 'agent1' }, 200, /<state>LOGOUT<\/state>/],
    ['no credentials', 'User/agent1', {}, 401, /<ErrorType>Authorization Failure/],
    ['a wrong password', 'User/agent1', { user: 'agent1', password: 'x' }, 401, /UNAUTHORIZED/],
    ['an unknown user', 'User/nobody', { user: 'agent1' }, 404, /USER_NOT_FOUND/],
    ['a body that is no XML', 'User/agent1', { user: 'agent1', method: 'PUT', body: '<<' }, 400, /Bad Request/],
    ['no state', 'User/agent1', { user: 'agent1', method: 'PUT', body: '<User/>' }, 400, /Parameter Missing/],
    ["another's state", 'User/agent2', { user: 'agent1', method: 'PUT', body: state('READY') }, 401, /Invalid Auth/],
    ['a call that is none', 'Dialog/1', { user: 'agent1', method: 'PUT', body: '<Dialog/>' }, 404, /DIALOG_NOT_FOUND/],
    ['the list of users, to agents', 'Users', { user: 'agent1' }, 403, /Authorization Failure/],
    ['the list of users, to supervisors', 'Users', { user: 'supervisor1' }, 200, /<loginId>agent3<\/loginId>/],
    ['reasons', 'ReasonCodes?category=NOT_READY', { user: 'agent1' }, 200, /<label>Lunch<\/label>/],
  ];
  test.each(cases)('%s', async (_what, path, wanted, status, body) => {
    const reply = await ask(finesse, `/finesse/api/${path}`, wanted);
    expect(reply.status).toBe(status);
    expect(reply.body).toMatch(body);
  });

  test('the desktop of the other node is answered too: every origin is', async () => {
    const { headers } = await ask(finesse, '/finesse/api/SystemInfo', {
      headers: { origin: 'https://uccx2.lab.example:8445' },
    });
    expect(headers['access-control-allow-origin']).toBe('*');
  });

  test('an account is locked after five wrong passwords, and the right one does not open it', async () => {
    for (let times = 0; times < 5; times += 1)
      await ask(finesse, '/finesse/api/User/agent1', { user: 'agent1', password: 'x' });
    expect((await ask(finesse, '/finesse/api/User/agent1', { user: 'agent1' })).status).toBe(401);
  });
});

describe('where UCCX does not trust CUCM', () => {
  const breaks: readonly (readonly [how: string, () => Promise<void> | void])[] = [
    ['its certificate is not in tomcat-trust', () => lab.vos('uccx1').trust.replaceAll([])],
    ['it has a critical extension of another kind', () => lab.apply(scenarioOf('cucm-critical-key-purpose'))],
    ['it has expired', () => lab.install('cucm1', { notAfter: new Date(lab.now().getTime() - 86_400_000) })],
    ['it does not answer', () => lab.vos('cucm1').stopService('Cisco Tomcat')],
  ];
  test.each(breaks)('nobody signs in, and nobody is told why: %s', async (_how, change) => {
    await change();
    const { status, body } = await ask(finesse, '/finesse/api/User/agent1', { user: 'agent1' });
    expect({ status, body: /TLS|SSL|certificate/i.test(body) }).toEqual({ status: 401, body: false });
  });
});

describe.skipIf(!hasRealPorts)('the notification service, with a client of others', () => {
  const open: Client[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((xmpp) => xmpp.stop()));
  });

  /** Signs somebody in to XMPP; gives what arrives, in order. */
  async function listen(user: string, password = lab.centre.password): Promise<{ next: () => Promise<string> }> {
    Object.assign(globalThis, { WebSocket: browser.webSocket });
    const { fqdn } = lab.vos('uccx1');
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
    expect(await put('agent1', 'User/agent1', login('1001'))).toBe(202);
    expect(await agent1.next()).toMatch(/<state>NOT_READY<\/state>.*<event>PUT<\/event>/);
    await put('agent1', 'User/agent1', state('READY'));
    expect(await agent1.next()).toContain('<state>READY</state>');
    await put('agent1', 'User/agent1', state('LOGOUT'));
    expect(await agent1.next()).toMatch(/<apiErrors>.*CF_INVALID_OBJECT_STATE.*<event>put<\/event>/);
  });

  test("an extension that is not the agent's is refused by an event", async () => {
    const agent1 = await listen('agent1');
    expect(await put('agent1', 'User/agent1', login('1002'))).toBe(202);
    expect(await agent1.next()).toContain('CF_INVALID_LOGON_DEVICE_SPECIFIED');
  });

  test('a call rings, is answered, held, and ends, for both', async () => {
    const [agent1, agent2] = [await listen('agent1'), await listen('agent2')];
    for (const [id, extension] of [
      ['agent1', '1001'],
      ['agent2', '1002'],
    ] as const) {
      await put(id, `User/${id}`, login(extension));
    }
    await Promise.all([agent1.next(), agent2.next()]);
    const call =
      '<Dialog><requestedAction>MAKE_CALL</requestedAction><fromAddress>1002</fromAddress><toAddress>1001</toAddress></Dialog>';
    expect(await put('agent2', 'User/agent2/Dialogs', call, 'POST')).toBe(202);
    const rings = await agent1.next();
    expect(rings).toMatch(/<fromAddress>1002<\/fromAddress>.*<state>ALERTING<\/state>/);
    expect(await agent2.next()).toContain('<event>POST</event>');
    const id = /<id>(\w+)<\/id>/.exec(rings)?.[1] ?? '';
    const act = (action: string): Promise<number> =>
      put('agent1', `Dialog/${id}`, `<Dialog><requestedAction>${action}</requestedAction></Dialog>`);
    expect(await act('RETRIEVE')).toBe(400);
    expect(await act('ANSWER')).toBe(202);
    expect([await agent1.next(), await agent2.next()].every((told) => told.includes('TALKING'))).toBe(true);
    expect(await act('DROP')).toBe(202);
    expect(lab.centre.agents.every(({ dialogs }) => dialogs.length === 0)).toBe(true);
  });

  test('a wrong password is refused', async () => {
    await expect(listen('agent1', 'wrong')).rejects.toThrow('not-authorized');
  });

  test('5223 speaks XMPP under TLS at once', async () => {
    const { place } = lab.vos('uccx1').port(5223);
    const { fqdn } = lab.vos('uccx1');
    const socket = connectTls({ host: place.address, port: place.port, servername: fqdn, ca: browser.options.ca });
    await once(socket, 'secureConnect');
    const hears = async (what: string): Promise<void> => {
      for (let text = ''; !text.includes(what);) text += String((await once(socket, 'data'))[0]);
    };
    const stream = `<stream:stream xmlns="jabber:client" xmlns:stream="http://etherx.jabber.org/streams" to="${fqdn}" version="1.0">`;
    socket.write(stream);
    await hears('PLAIN');
    const secret = Buffer.from(`\0agent1\0${lab.centre.password}`).toString('base64');
    socket.write(`<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="PLAIN">${secret}</auth>`);
    await hears('<success');
    socket.write(stream);
    await hears('urn:ietf:params:xml:ns:xmpp-bind');
    socket.destroy();
  });
});

describe('CUCM', () => {
  const soap = (method: string, inside: string): string =>
    `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns="http://www.cisco.com/AXL/API/12.5"><soapenv:Body><ns:${method}>${inside}</ns:${method}></soapenv:Body></soapenv:Envelope>`;
  const axl = (method: string, inside: string, more: LabRequest = {}, version = '12.5'): Promise<LabReply> =>
    ask('cucm1:8443', '/axl/', {
      method: 'POST',
      user: 'axluser',
      headers: { soapaction: `CUCM:DB ver=${version} ${method}`, 'content-type': 'text/xml' },
      body: soap(method, inside),
      ...more,
    });
  const right = (): string => `<userid>agent1</userid><password>${lab.centre.password}</password>`;

  type AxlCall = readonly [what: string, method: string, () => string, LabRequest, version: string, number, RegExp];
  const calls: readonly AxlCall[] = [
    ['the right password', 'doAuthenticateUser', right, {}, '12.5', 200, /<userAuthenticated>true/],
    [
      'a wrong password',
      'doAuthenticateUser',
      () => '<userid>agent1</userid><password>x</password>',
      {},
      '12.5',
      200,
      /<userAuthenticated>false/,
    ],
    ['a user', 'getUser', () => '<userid>agent1</userid>', {}, '12.5', 200, /<firstName>Ada/],
    ['nobody', 'getUser', () => '<userid>x</userid>', {}, '12.5', 500, /<faultstring>Item not valid/],
    ['its version', 'getCCMVersion', () => '', {}, '11.5', 200, /<version>12\.5/],
    ['the AXL of a later release', 'getCCMVersion', () => '', {}, '14.0', 599, /^$/],
    ['a newer AXL than it speaks', 'getCCMVersion', () => '', {}, '15.0', 599, /^$/],
    ['another application', 'getCCMVersion', () => '', { user: 'other' }, '12.5', 401, /^$/],
  ];
  test.each(calls)('AXL: %s', async (_what, method, inside, more, version, status, body) => {
    const reply = await axl(method, inside(), more, version);
    expect(reply.status).toBe(status);
    expect(reply.body).toMatch(body);
  });

  test.each([
    ['/cucm-uds/version', undefined, 200],
    ['/cucm-uds/user/agent1', 'agent1', 200],
    ['/cucm-uds/user/nobody', 'agent1', 404],
    ['/cucm-uds/users', undefined, 401],
  ] as const)('UDS: %s as %s', async (path, user, status) => {
    expect((await ask('cucm1:8443', path, user === undefined ? {} : { user })).status).toBe(status);
  });
});

test('Operations Administration is beside it, on 443 and 8443', async () => {
  for (const port of [443, 8443])
    expect((await ask(`uccx2:${port}`, '/oamp')).body).toContain('Operations Administration');
});

describe('Unified CCX Administration', () => {
  async function signIn(user: string, password = lab.centre.password): Promise<LabReply> {
    const body = new URLSearchParams({ appNav: 'appadmin', j_username: user, j_password: password }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return ask('uccx1:443', '/appadmin/j_security_check', { method: 'POST', headers, body });
  }
  const cookieOf = ({ headers }: LabReply): string => (headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';

  test('lets an administrator in, and shows that CCP can be reached', async () => {
    const reply = await signIn('ccxadmin');
    expect([reply.status, reply.headers.location]).toEqual([302, '/appadmin/main']);
    const page = await ask('uccx1:443', '/appadmin/subsystems/ccp', { headers: { cookie: cookieOf(reply) } });
    expect(page.body).not.toContain('Unable to communicate');
  });

  test('says so where CCP is not trusted', async () => {
    const cookie = cookieOf(await signIn('ccxadmin'));
    // Without trust nobody signs in either: the session is older than the change.
    lab.vos('uccx1').trust.replaceAll([]);
    const page = await ask('uccx1:443', '/appadmin/subsystems/ccp', { headers: { cookie } });
    expect(page.body).toContain('Unable to communicate to the CCP on the IP address(Hostname) provided.');
    expect((await signIn('ccxadmin')).status).toBe(401);
  });

  test('is closed to who has not signed in', async () => {
    const reply = await ask('uccx2:443', '/appadmin/main');
    expect([reply.status, reply.headers.location]).toEqual([302, '/appadmin/login']);
  });

  test('takes no body that is longer than any form', async () => {
    const reply = await ask('uccx1:443', '/appadmin/j_security_check', {
      method: 'POST',
      headers: { 'content-length': String(1024 * 1024) },
    });
    expect(reply.status).toBe(413);
  });

  test.each([
    ['an agent', 'agent1', undefined],
    ['a wrong password', 'ccxadmin', 'wrong'],
  ])('refuses %s', async (_who, user, password) => {
    expect((await signIn(user, password)).status).toBe(401);
  });

  test.each([
    ['an administrator reads the agents', 'ccxadmin', '/adminapi/resource', 200, /"userID":"agent1"/],
    ['and one of them', 'ccxadmin', '/adminapi/resource/agent2', 200, /"lastName":"Okoye"/],
    ['a kind that there is not', 'ccxadmin', '/adminapi/nothing', 404, /^$/],
    ['an agent does not', 'agent1', '/adminapi/resource', 401, /^$/],
  ] as const)('configuration API: %s', async (_what, user, path, status, body) => {
    const reply = await ask('uccx1:443', path, { user, headers: { accept: 'application/json' } });
    expect(reply.status).toBe(status);
    expect(reply.body).toMatch(body);
  });

  test('takes a form only with the token it gave out', async () => {
    const cookie = cookieOf(await signIn('ccxadmin'));
    const post = (path: string, body: string, headers = {}): Promise<LabReply> =>
      ask('uccx1:443', path, {
        method: 'POST',
        body,
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', ...headers },
      });
    const token = (await post('/appadmin/JavaScriptServlet', '', { 'fetch-csrf-token': '1' })).body;
    expect(token).toMatch(/^CSRFTOKEN:[0-9A-F]{32}$/);
    expect((await post('/appadmin/csq/save.do', 'a=b')).status).toBe(403);
    expect((await post('/appadmin/csq/save.do', token.replace(':', '='))).status).toBe(404);
  });
});

describe('Live Data', () => {
  async function newToken(): Promise<string> {
    const reply = await ask('uccx1:9443', '/livedata/token/new?domain=CCX', { user: 'agent1' });
    return (JSON.parse(reply.body) as { token: string }).token;
  }

  test('gives out no token without a sign-in', async () => {
    expect((await ask('uccx1:9443', '/livedata/token/new?domain=CCX')).status).toBe(401);
  });

  test('statistics as they stand', async () => {
    const { body } = await ask('uccx1:9443', '/realtime/VoiceIAQStats');
    expect(JSON.parse(body)).toMatchObject([
      { id: 'Sales', operation: 'UPDATE', VoiceIAQStats: { esdName: 'Sales' } },
      {},
    ]);
    expect((await ask('uccx1:9443', '/realtime/Nothing')).status).toBe(404);
  });

  test.skipIf(!hasRealPorts)('a client of Socket.IO 2 hears of a change when it happens', async () => {
    const { fqdn } = lab.vos('uccx1');
    const options = { query: { token: await newToken() }, transports: ['websocket'] };
    // It takes its WebSocket from the global scope when it is loaded.
    Object.assign(globalThis, { WebSocket: browser.webSocket });
    const { default: io } = await import('socket.io-client');
    const socket = io(`https://${fqdn}:12015`, options);
    const heard = new Promise<unknown>((resolve) => socket.on('message', resolve));
    const subscribed = new Promise<unknown>((resolve) => socket.on('subscribed', resolve));
    socket.emit('subscribe', 'ResourceIAQStats=agent1');
    expect(await subscribed).toBe('ResourceIAQStats=agent1');
    await put('agent1', 'User/agent1', login('1001'));
    expect(await heard).toMatchObject({ id: 'agent1', ResourceIAQStats: { strResourceState: 'Not Ready' } });
    socket.close();
  });

  test('refuses who has no token', async () => {
    const reply = await ask('uccx1:12015', '/socket.io/?EIO=3&transport=polling');
    expect(reply.status).toBe(403);
    const polling = await ask('uccx1:12015', `/socket.io/?EIO=3&transport=polling&token=${await newToken()}`);
    expect([polling.status, polling.body]).toEqual([200, expect.stringContaining('"sid"')]);
  });

  test('a gadget is fetched by the trust store of the server', async () => {
    const url = `https://${lab.vos('uccx1').fqdn}:8444/cuic/gadget/LiveData/LiveDataGadget.xml?filterId=VoiceIAQStats`;
    const path = `/gadgets/ifr?url=${encodeURIComponent(url)}`;
    expect((await ask(finesse, path)).body).toContain('report-gadget.min.js');
    const chat = `/gadgets/ifr?url=${encodeURIComponent(`https://${lab.vos('ccp1').fqdn}/multisession/ui/gadgets/multisession-reply-gadget.xml`)}`;
    expect((await ask(finesse, chat)).body).toContain('chat-room.js');
    lab.vos('uccx1').trust.replaceAll([]);
    expect((await ask(finesse, chat)).body).toContain('Unable to retrieve spec');
  });
});

describe('chat', () => {
  test('whoever signs out takes no more', async () => {
    await put('agent1', 'User/agent1', login('1001'));
    await put('agent1', 'User/agent1/Media', '<Media><state>READY</state></Media>');
    await put('agent1', 'User/agent1', state('LOGOUT'));
    expect(lab.chats.isReady(lab.centre.person('agent1')!)).toBe(false);
  });

  const contact =
    '<SocialContact><author>Carla</author><title>Help</title><extensionFields><extensionField><name>ccxqueuetag</name><value>Chat_Csq1</value></extensionField></extensionFields></SocialContact>';
  async function inject(path = '/ccp/chat/'): Promise<LabReply> {
    return ask('ccp1:443', path, { method: 'POST', body: contact, headers: { 'content-type': 'application/xml' } });
  }
  const cookieOf = ({ headers }: LabReply): string => (headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
  const events = (cookie: string, after = 0): Promise<LabReply> =>
    ask('ccp1:443', `/ccp/chat?eventid=${after}&all=false`, { headers: { cookie } });

  test.each(['/ccp/chat/', '/ccp/rest/chat'])(
    'a contact comes in at %s, goes to an agent, and both are heard',
    async (path) => {
      await put('agent1', 'User/agent1/Media', '<Media><state>READY</state></Media>');
      const offered = once(lab.chats, 'offer');
      const injected = await inject(path);
      expect([injected.status, injected.headers.location]).toEqual([201, expect.stringContaining('/socialcontact/')]);
      const [, chat] = (await offered) as [unknown, { id: string }];
      expect(await put('agent2', 'User/agent2/Media', `<Media><accept>${chat.id}</accept></Media>`)).toBe(404);
      expect(await put('agent1', 'User/agent1/Media', `<Media><accept>${chat.id}</accept></Media>`)).toBe(202);
      const cookie = cookieOf(injected);
      const say = await ask('ccp1:443', '/ccp/chat', {
        method: 'PUT',
        body: '<Message><body>Hi</body></Message>',
        headers: { cookie },
      });
      expect(say.status).toBe(200);
      lab.chats.say(lab.chats.get(chat.id)!, 'Ada', 'How are you?');
      const heard = (await events(cookie)).body;
      expect(heard).toMatch(/chat_ok.*<status>joined<\/status>.*<body>How\+are\+you%3F<\/body>/);
      expect(heard).not.toContain('Hi');
      await ask('ccp1:443', '/ccp/chat', { method: 'DELETE', headers: { cookie } });
      expect((await events(cookie)).body).toContain('chat_finished');
    },
  );

  test('a contact stays queued where UCCX does not trust CCP', async () => {
    for (const id of ['uccx1', 'uccx2']) lab.vos(id).trust.replaceAll([]);
    lab.chats.setReady(lab.centre.person('agent1')!, true);
    const reply = await inject();
    expect(reply.status).toBe(201);
    expect((await events(cookieOf(reply))).body).not.toContain('joined');
    expect(lab.chats.all.at(-1)?.state).toBe('queued');
  });

  test.each([
    ['no cookie', '/ccp/chat?eventid=0', 'GET', undefined, 404],
    ['a body that is no contact', '/ccp/chat/', 'POST', '<a/>', 400],
    ['a contact that is not there', '/ccp-webapp/ccp/socialcontact/999', 'GET', undefined, 404],
    ['the form of a web site', '/ccp/chat/100020/redirect?author=Carla&title=Help', 'GET', undefined, 302],
  ] as const)('%s', async (_what, path, method, body, status) => {
    expect((await ask('ccp1:443', path, { method, ...(body === undefined ? {} : { body }) })).status).toBe(status);
  });
});

test('Unified Intelligence Center lets in who knows the password', async () => {
  const signIn = (password: string): Promise<LabReply> =>
    ask('uccx1:8444', '/cuicui/j_security_check', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ rawUserName: 'CCX\\report1', j_password: password }).toString(),
    });
  expect((await signIn('wrong')).status).toBe(401);
  expect((await signIn(lab.centre.password)).status).toBe(302);
});

test('reset signs everybody out', async () => {
  await put('agent1', 'User/agent1', login('1001'));
  expect(lab.centre.person('agent1')?.state).toBe('NOT_READY');
  await lab.reset();
  expect(lab.centre.person('agent1')?.state).toBe('LOGOUT');
});
