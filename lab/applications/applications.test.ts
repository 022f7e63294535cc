import { expect, test } from 'vitest';
import { contactCentre, login } from '#tests/support/contact-centre.ts';
import type { LabReply } from '#tests/support/lab-client.ts';

const here = contactCentre('127.206.0.0/16');

test('Operations Administration is beside it, on 443 and 8443', async () => {
  for (const port of [443, 8443])
    expect((await here.ask(`uccx2:${port}`, '/oamp')).body).toContain('Operations Administration');
});

test('Unified Intelligence Center lets in who knows the password', async () => {
  const signIn = (password: string): Promise<LabReply> =>
    here.ask('uccx1:8444', '/cuicui/j_security_check', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ rawUserName: 'CCX\\report1', j_password: password }).toString(),
    });
  expect((await signIn('wrong')).status).toBe(401);
  expect((await signIn(here.lab.centre.password)).status).toBe(302);
});

test('reset signs everybody out', async () => {
  await here.put('agent1', 'User/agent1', login('1001'));
  expect(here.lab.centre.person('agent1')?.state).toBe('NOT_READY');
  await here.lab.reset();
  expect(here.lab.centre.person('agent1')?.state).toBe('LOGOUT');
});
