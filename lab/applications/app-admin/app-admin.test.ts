import { describe, expect, test } from 'vitest';
import { contactCentre } from '#tests/support/contact-centre.ts';
import type { LabReply } from '#tests/support/lab-client.ts';

const here = contactCentre('127.203.0.0/16');

describe('Unified CCX Administration', () => {
  async function signIn(user: string, password = here.lab.centre.password): Promise<LabReply> {
    const body = new URLSearchParams({ appNav: 'appadmin', j_username: user, j_password: password }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return here.ask('uccx1:443', '/appadmin/j_security_check', { method: 'POST', headers, body });
  }
  const cookieOf = ({ headers }: LabReply): string => (headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';

  test('lets an administrator in, and shows that CCP can be reached', async () => {
    const reply = await signIn('ccxadmin');
    expect([reply.status, reply.headers.location]).toEqual([302, '/appadmin/main']);
    const page = await here.ask('uccx1:443', '/appadmin/subsystems/ccp', { headers: { cookie: cookieOf(reply) } });
    expect(page.body).not.toContain('Unable to communicate');
  });

  test('says so where CCP is not trusted', async () => {
    const cookie = cookieOf(await signIn('ccxadmin'));
    // Without trust nobody signs in either: the session is older than the change.
    here.lab.vos('uccx1').trust.replaceAll([]);
    const page = await here.ask('uccx1:443', '/appadmin/subsystems/ccp', { headers: { cookie } });
    expect(page.body).toContain('Unable to communicate to the CCP on the IP address(Hostname) provided.');
    expect((await signIn('ccxadmin')).status).toBe(401);
  });

  test('is closed to who has not signed in', async () => {
    const reply = await here.ask('uccx2:443', '/appadmin/main');
    expect([reply.status, reply.headers.location]).toEqual([302, '/appadmin/login']);
  });

  test('takes no body that is longer than any form', async () => {
    const reply = await here.ask('uccx1:443', '/appadmin/j_security_check', {
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
    const reply = await here.ask('uccx1:443', path, { user, headers: { accept: 'application/json' } });
    expect(reply.status).toBe(status);
    expect(reply.body).toMatch(body);
  });

  test('takes a form only with the token it gave out', async () => {
    const cookie = cookieOf(await signIn('ccxadmin'));
    const post = (path: string, body: string, headers = {}): Promise<LabReply> =>
      here.ask('uccx1:443', path, {
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
