import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { contactCentre, login, state } from '#tests/support/contact-centre.ts';
import type { LabReply } from '#tests/support/lab-client.ts';

const here = contactCentre('127.205.0.0/16');

describe('chat', () => {
  test('whoever signs out takes no more', async () => {
    await here.put('agent1', 'User/agent1', login('1001'));
    await here.put('agent1', 'User/agent1/Media', '<Media><state>READY</state></Media>');
    await here.put('agent1', 'User/agent1', state('LOGOUT'));
    expect(here.lab.chats.isReady(here.lab.centre.person('agent1')!)).toBe(false);
  });

  const contact =
    '<SocialContact><author>Carla</author><title>Help</title><extensionFields><extensionField><name>ccxqueuetag</name><value>Chat_Csq1</value></extensionField></extensionFields></SocialContact>';
  async function inject(path = '/ccp/chat/'): Promise<LabReply> {
    return here.ask('ccp1:443', path, {
      method: 'POST',
      body: contact,
      headers: { 'content-type': 'application/xml' },
    });
  }
  const cookieOf = ({ headers }: LabReply): string => (headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
  const events = (cookie: string, after = 0): Promise<LabReply> =>
    here.ask('ccp1:443', `/ccp/chat?eventid=${after}&all=false`, { headers: { cookie } });

  test.each(['/ccp/chat/', '/ccp/rest/chat'])(
    'a contact comes in at %s, goes to an agent, and both are heard',
    async (path) => {
      await here.put('agent1', 'User/agent1/Media', '<Media><state>READY</state></Media>');
      const offered = once(here.lab.chats, 'offer');
      const injected = await inject(path);
      expect([injected.status, injected.headers.location]).toEqual([201, expect.stringContaining('/socialcontact/')]);
      const [, chat] = (await offered) as [unknown, { id: string }];
      expect(await here.put('agent2', 'User/agent2/Media', `<Media><accept>${chat.id}</accept></Media>`)).toBe(404);
      expect(await here.put('agent1', 'User/agent1/Media', `<Media><accept>${chat.id}</accept></Media>`)).toBe(202);
      const cookie = cookieOf(injected);
      const say = await here.ask('ccp1:443', '/ccp/chat', {
        method: 'PUT',
        body: '<Message><body>Hi</body></Message>',
        headers: { cookie },
      });
      expect(say.status).toBe(200);
      here.lab.chats.say(here.lab.chats.get(chat.id)!, 'Ada', 'How are you?');
      const heard = (await events(cookie)).body;
      expect(heard).toMatch(/chat_ok.*<status>joined<\/status>.*<body>How\+are\+you%3F<\/body>/);
      expect(heard).not.toContain('Hi');
      await here.ask('ccp1:443', '/ccp/chat', { method: 'DELETE', headers: { cookie } });
      expect((await events(cookie)).body).toContain('chat_finished');
    },
  );

  test('a contact stays queued where UCCX does not trust CCP', async () => {
    for (const id of ['uccx1', 'uccx2']) here.lab.vos(id).trust.replaceAll([]);
    here.lab.chats.setReady(here.lab.centre.person('agent1')!, true);
    const reply = await inject();
    expect(reply.status).toBe(201);
    expect((await events(cookieOf(reply))).body).not.toContain('joined');
    expect(here.lab.chats.all.at(-1)?.state).toBe('queued');
  });

  test.each([
    ['no cookie', '/ccp/chat?eventid=0', 'GET', undefined, 404],
    ['a body that is no contact', '/ccp/chat/', 'POST', '<a/>', 400],
    ['a contact that is not there', '/ccp-webapp/ccp/socialcontact/999', 'GET', undefined, 404],
    ['the form of a web site', '/ccp/chat/100020/redirect?author=Carla&title=Help', 'GET', undefined, 302],
  ] as const)('%s', async (_what, path, method, body, status) => {
    expect((await here.ask('ccp1:443', path, { method, ...(body === undefined ? {} : { body }) })).status).toBe(status);
  });
});
