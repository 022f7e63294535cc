import { expect, test } from 'vitest';
import type { MachineType } from '#model/names.ts';
import { certificateUnitsOf, trustStoresOf } from './certificate-units.ts';

const callManager = ['tomcat', 'ipsec', 'tomcat-ECDSA', 'CallManager', 'CallManager-ECDSA', 'CAPF', 'TVS'];

test.each<[MachineType, string, readonly string[]]>([
  ['UCCX_PUBLISHER', '11.5(1)', ['tomcat', 'ipsec', 'tomcat-ECDSA']],
  ['UCCX_PUBLISHER', '11.6(2)', ['tomcat', 'ipsec']],
  ['UCCX_SUBSCRIBER', '12.5(1)SU2', ['tomcat', 'ipsec', 'tomcat-ECDSA']],
  ['CCP', '12.5(1)', ['tomcat', 'ipsec']],
  ['FINESSE_PRIMARY', '12.5(1)', ['tomcat', 'ipsec']],
  ['FINESSE_SECONDARY', '12.6(1)', ['tomcat', 'ipsec', 'tomcat-ECDSA']],
  ['CM_PUBLISHER', '10.5(2)', ['tomcat', 'ipsec', 'CallManager', 'CAPF', 'TVS']],
  ['CM_PUBLISHER', '11.5(1)', callManager],
  ['CM_SUBSCRIBER', '14.0(1)', [...callManager, 'ITLRecovery']],
  ['CVP', '15.0(1)', []],
  ['TLS_SERVER', '15.0(1)', []],
])('the units of %s on %s', (type, release, units) => {
  expect(certificateUnitsOf(type, release).map(({ name }) => name)).toEqual(units);
});

test.each<[MachineType, readonly string[]]>([
  ['CUIC_PUBLISHER', ['tomcat-trust', 'ipsec-trust']],
  [
    'CM_PUBLISHER',
    [
      ...['tomcat-trust', 'ipsec-trust', 'CallManager-trust', 'CAPF-trust', 'TVS-trust'],
      ...['Phone-trust', 'Phone-SAST-trust', 'directory-trust'],
    ],
  ],
  ['CCE_AW', []],
])('the trust stores of %s', (type, stores) => {
  expect(trustStoresOf(type, '15.0(1)')).toEqual(stores);
});
