import { describe, expect, test } from 'vitest';
import { contactCentre, finesse, state } from '#tests/support/contact-centre.ts';
import type { LabRequest } from '#tests/support/lab-client.ts';
import { scenarioOf } from '../../control-server.ts';

const here = contactCentre('127.97.0.0/16');

describe('Finesse over REST', () => {
  test('is away while its Tomcat is, with the port still open', async () => {
    const node = here.lab.vos('uccx1');
    await node.stopService('Cisco Finesse Tomcat');
    expect((await here.ask(finesse, '/finesse/api/SystemInfo')).status).toBe(502);
    await node.restartService('Cisco Finesse Tomcat');
    expect((await here.ask(finesse, '/finesse/api/SystemInfo')).status).toBe(200);
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
    const reply = await here.ask(finesse, `/finesse/api/${path}`, wanted);
    expect(reply.status).toBe(status);
    expect(reply.body).toMatch(body);
  });

  test('the desktop of the other node is answered too: every origin is', async () => {
    const { headers } = await here.ask(finesse, '/finesse/api/SystemInfo', {
      headers: { origin: 'https://uccx2.lab.example:8445' },
    });
    expect(headers['access-control-allow-origin']).toBe('*');
  });

  test('an account is locked after five wrong passwords, and the right one does not open it', async () => {
    for (let times = 0; times < 5; times += 1)
      await here.ask(finesse, '/finesse/api/User/agent1', { user: 'agent1', password: 'x' });
    expect((await here.ask(finesse, '/finesse/api/User/agent1', { user: 'agent1' })).status).toBe(401);
  });
});

describe('where UCCX does not trust CUCM', () => {
  const breaks: readonly (readonly [how: string, () => Promise<void> | void])[] = [
    ['its certificate is not in tomcat-trust', () => here.lab.vos('uccx1').trust.replaceAll([])],
    ['it has a critical extension of another kind', () => here.lab.apply(scenarioOf('cucm-critical-key-purpose'))],
    ['it has expired', () => here.lab.install('cucm1', { notAfter: new Date(here.lab.now().getTime() - 86_400_000) })],
    ['it does not answer', () => here.lab.vos('cucm1').stopService('Cisco Tomcat')],
  ];
  test.each(breaks)('nobody signs in, and nobody is told why: %s', async (_how, change) => {
    await change();
    const { status, body } = await here.ask(finesse, '/finesse/api/User/agent1', { user: 'agent1' });
    expect({ status, body: /TLS|SSL|certificate/i.test(body) }).toEqual({ status: 401, body: false });
  });
});
