import { describe, expect, test } from 'vitest';
import { MachineId, type MachineType } from '#model/names.ts';
import { linksAmong, type LinkEnd } from './links.ts';

function end(id: string, type: MachineType, release: string | null = '12.6(2)', beside?: MachineType[]): LinkEnd {
  return { id: MachineId.parse(id), type, release, beside };
}

function links(machines: readonly LinkEnd[], secured: readonly string[] = []): string[] {
  return linksAmong(machines, secured, () => [8888, 9999]).map(
    ({ relation, relyingParty, presenter, ...shown }) =>
      `${relyingParty.id} ${relation.store} < ${presenter.id}:${'port' in shown ? shown.port : (relation.presents ?? '')}`,
  );
}

const cases: readonly (readonly [what: string, LinkEnd[], secured: string[], expected: string[]])[] = [
  ['one machine relies on nobody', [end('uccx1', 'UCCX_PUBLISHER')], [], []],
  [
    'two nodes rely on each other',
    [end('uccx1', 'UCCX_PUBLISHER'), end('uccx2', 'UCCX_SUBSCRIBER')],
    [],
    ['uccx1 tomcat-trust < uccx2:8445', 'uccx2 tomcat-trust < uccx1:8445'],
  ],
  [
    'Live Data is on 12005 until 12.6(1)',
    [end('f', 'FINESSE_PRIMARY', '12.6(1)'), end('ld', 'LIVE_DATA_A', '12.6(1)')],
    [],
    ['f tomcat-trust < ld:12005'],
  ],
  [
    'and on 443 from 12.6(2), as where the release is unknown',
    [end('f', 'FINESSE_PRIMARY'), end('ld', 'LIVE_DATA_A', null)],
    [],
    ['f tomcat-trust < ld:443'],
  ],
  [
    'a co-resident product counts',
    [end('f', 'FINESSE_PRIMARY'), end('c', 'CUIC_PUBLISHER', '12.6(2)', ['LIVE_DATA_A'])],
    [],
    ['f tomcat-trust < c:443', 'f tomcat-trust < c:8444'],
  ],
  [
    'IIS and Portico of one host are two links',
    [end('aw', 'CCE_AW'), end('pg', 'CCE_PG')],
    [],
    ['aw cacerts < pg:443', 'aw cacerts < pg:7890'],
  ],
  ['a link that is secured only where it was set up does not count', [end('vvb', 'CVVB'), end('cvp', 'CVP')], [], []],
  [
    'but where the inventory names it',
    [end('vvb', 'CVVB'), end('cvp', 'CVP')],
    ['cvvb-relies-on-vxml-server'],
    ['vvb tomcat-trust < cvp:7443'],
  ],
  [
    'a certificate that is shown by a client has no port',
    [end('pg', 'CCE_PG'), end('cc', 'CLOUD_CONNECT_PUBLISHER')],
    ['cloud-connect-relies-on-pg'],
    ['cc tomcat-trust < pg:as-client'],
  ],
  [
    'a target of scripts is asked at every port it was given',
    [end('uccx1', 'UCCX_PUBLISHER'), end('crm', 'SCRIPT_TARGET')],
    [],
    ['uccx1 tomcat-trust < crm:8888', 'uccx1 tomcat-trust < crm:9999'],
  ],
];

describe('links', () => {
  test.each(cases)('%s', (_what, machines, secured, expected) => {
    expect(links(machines, secured)).toEqual(expected);
  });
});
