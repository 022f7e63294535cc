import { describe, expect, test } from 'vitest';
import { contactCentre } from '#tests/support/contact-centre.ts';
import type { LabReply, LabRequest } from '#tests/support/lab-client.ts';

const here = contactCentre('127.202.0.0/16');

describe('CUCM', () => {
  const soap = (method: string, inside: string): string =>
    `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns="http://www.cisco.com/AXL/API/12.5"><soapenv:Body><ns:${method}>${inside}</ns:${method}></soapenv:Body></soapenv:Envelope>`;
  const axl = (method: string, inside: string, more: LabRequest = {}, version = '12.5'): Promise<LabReply> =>
    here.ask('cucm1:8443', '/axl/', {
      method: 'POST',
      user: 'axluser',
      headers: { soapaction: `CUCM:DB ver=${version} ${method}`, 'content-type': 'text/xml' },
      body: soap(method, inside),
      ...more,
    });
  const right = (): string => `<userid>agent1</userid><password>${here.lab.centre.password}</password>`;

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
    expect((await here.ask('cucm1:8443', path, user === undefined ? {} : { user })).status).toBe(status);
  });
});
