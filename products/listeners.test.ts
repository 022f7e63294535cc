import { describe, expect, test } from 'vitest';
import type { MachineType } from '#model/names.ts';
import { machineTypes } from '#model/vocabulary.ts';
import { closedBecause, listenersOf, mayHoldEcdsa, productOf, products } from './index.ts';
import { isInRange } from './release.ts';

/** How a port stands on a healthy machine: it answers, it may be closed, or the release does not have it. */
type Standing = 'open' | 'optional' | 'none';

function standingOf(type: MachineType, release: string, port: number): Standing {
  const listener = listenersOf(type, release).find((each) => each.port === port);
  if (listener === undefined) return 'none';
  return closedBecause(listener, release) === null ? 'open' : 'optional';
}

describe('the ports of each product and release are those of the documents', () => {
  test.each<[MachineType, string, Readonly<Record<number, Standing>>]>([
    ['FINESSE_PRIMARY', '11.0(1)', { 443: 'optional', 8445: 'open', 8443: 'open', 7443: 'open', 5223: 'open' }],
    ['FINESSE_PRIMARY', '11.6(1)', { 443: 'open', 8445: 'open', 7443: 'open' }],
    ['FINESSE_SECONDARY', '12.5(1)', { 443: 'open', 8445: 'open', 7443: 'optional', 5223: 'open', 5222: 'none' }],
    ['FINESSE_PRIMARY', '15.0(1)', { 443: 'open', 8445: 'open', 7443: 'optional', 7071: 'none', 8444: 'none' }],
    ['CUIC_PUBLISHER', '12.5(1)', { 443: 'none', 8443: 'open', 8444: 'open', 8447: 'open' }],
    ['CUIC_PUBLISHER', '12.6(1)', { 443: 'none', 8447: 'open' }],
    ['CUIC_SUBSCRIBER', '12.6(2)', { 443: 'open', 8443: 'open', 8444: 'open', 8447: 'optional', 8445: 'none' }],
    ['CUIC_PUBLISHER', '15.0(1)', { 443: 'open', 8447: 'optional' }],
    ['LIVE_DATA_A', '11.0(1)', { 443: 'none', 12005: 'open', 12008: 'open', 12001: 'none', 8443: 'open' }],
    ['LIVE_DATA_A', '12.5(1)', { 443: 'none', 12005: 'open', 12008: 'open', 12001: 'optional', 12015: 'none' }],
    ['LIVE_DATA_B', '12.6(1)', { 443: 'none', 12005: 'open', 12008: 'open', 12001: 'none' }],
    ['LIVE_DATA_B', '12.6(2)', { 443: 'open', 12005: 'optional', 12008: 'optional' }],
    ['LIVE_DATA_A', '15.0(1)', { 443: 'open', 12004: 'none', 12007: 'none' }],
    ['IDS_PUBLISHER', '12.5(1)', { 8553: 'open', 8443: 'open', 443: 'none', 8445: 'none' }],
    ['CVVB', '12.6(2)', { 8443: 'open', 443: 'none', 8445: 'none', 5061: 'optional', 5063: 'none' }],
    ['CVVB', '15.0(1)', { 8443: 'open', 443: 'open', 8445: 'open', 5061: 'optional', 5063: 'optional' }],
    ['CLOUD_CONNECT_PUBLISHER', '12.6(1)', { 8445: 'open', 8443: 'open', 3551: 'none', 6379: 'none' }],
    ['CVP', '12.5(1)', { 8443: 'open', 7443: 'open', 8111: 'open', 443: 'optional', 5061: 'optional', 9443: 'none' }],
    // These speak without TLS as installed, or on the same number: they are asked for by name only.
    ['CVP', '15.0(1)', { 5000: 'none', 2098: 'none', 7000: 'none', 8000: 'none', 8101: 'none' }],
    ['CVP_REPORTING', '12.6(2)', { 8111: 'open', 8443: 'none', 7443: 'none' }],
    ['CVP_OPS', '15.0(1)', { 9443: 'open', 8111: 'open', 8443: 'none' }],
    ['CCE_ROUTER', '12.6(2)', { 443: 'open', 7890: 'open', 42030: 'none', 8443: 'none' }],
    ['CCE_LOGGER', '12.5(1)', { 443: 'open', 7890: 'open', 1433: 'none' }],
    ['CCE_ROGGER', '15.0(1)', { 443: 'open', 7890: 'open', 40014: 'none' }],
    [
      'CCE_PG',
      '15.0(1)',
      { 443: 'open', 7890: 'open', 42030: 'optional', 43030: 'optional', 42027: 'none', 38001: 'none' },
    ],
    ['CCE_AW', '12.6(2)', { 443: 'open', 7890: 'open', 8443: 'none' }],
    ['ECE', '12.6(2)', { 443: 'open', 7890: 'none' }],
    ['UCCX_PUBLISHER', '11.0(1)', { 7443: 'open', 8553: 'none', 12015: 'open' }],
    ['UCCX_PUBLISHER', '15.0(1)', { 7443: 'optional', 8553: 'open', 12008: 'none', 12005: 'none' }],
    ['CCP', '12.0(1)', { 443: 'open', 7443: 'open', 10443: 'none' }],
    ['CCP', '12.5(1)', { 10443: 'optional' }],
    ['CM_PUBLISHER', '12.5(1)', { 443: 'open', 8443: 'open', 8445: 'none' }],
  ])('%s %s', (type, release, expected) => {
    const seen = Object.keys(expected).map((port) => [port, standingOf(type, release, Number(port))]);
    expect(Object.fromEntries(seen)).toEqual(expected);
  });

  test.each<[MachineType, number, string]>([
    ['FINESSE_PRIMARY', 8445, 'tomcat'],
    ['UCCX_PUBLISHER', 9443, 'tomcat'],
    ['CVP_OPS', 9443, 'oamp_certificate'],
    ['CCP', 7443, 'tomcat'],
    ['CVP', 7443, 'vxml_certificate'],
    ['CUIC_PUBLISHER', 8443, 'tomcat'],
    ['CVP', 8443, 'callserver_certificate'],
    ['CVP_REPORTING', 8111, 'wsm_certificate'],
    ['CCE_AW', 443, 'IIS'],
    ['CCE_AW', 7890, 'Diagnostic Framework'],
    ['CCE_PG', 42030, 'host.pem'],
  ])('the same number means another thing elsewhere: on %s %i presents %s', (type, port, identity) => {
    expect(productOf(type).listeners.find((each) => each.port === port)?.presents).toBe(identity);
  });
});

describe('ECDSA beside RSA', () => {
  test.each<[MachineType, string | null, boolean]>([
    ['FINESSE_PRIMARY', '12.5(1)', false],
    ['FINESSE_PRIMARY', '12.6(1)', true],
    ['CUIC_PUBLISHER', '11.5(1)', true],
    ['CUIC_PUBLISHER', '11.6(1)', false],
    ['CVVB', '15.0(1)', true],
    ['CVP', '12.5(1)', false],
    ['CVP', '12.6(2)', true],
    ['CCE_AW', '12.5(1)', false],
    ['CCE_AW', '15.0(1)', true],
    ['LIVE_DATA_A', '15.0(1)', false],
    ['CUIC_PUBLISHER', null, true],
  ])('%s %s: %s', (type, release, expected) => {
    expect(mayHoldEcdsa(type, release)).toBe(expected);
  });
});

describe.each(products.map((product) => [product.id, product] as const))('%s keeps to its own words', (_, product) => {
  test('every listener, recipe, rule and link has a source', () => {
    const { listeners, afterIdentityChange, afterTrustChange, rsaKeys = [], mutualTls = [] } = product;
    const recipes = [afterIdentityChange, afterTrustChange].filter((recipe) => recipe !== undefined);
    const otherwise = recipes.flatMap((recipe) => recipe.otherwise ?? []);
    const ecdsa = product.ecdsa === undefined ? [] : [product.ecdsa];
    for (const { sources } of [product, ...listeners, ...recipes, ...otherwise, ...rsaKeys, ...mutualTls, ...ecdsa])
      expect(sources.length).toBeGreaterThan(0);
  });

  test('what a port presents, and what is shown as a client, is one of its identities', () => {
    const identities = product.stores.map(({ identity }) => identity);
    expect(new Set(identities).size).toBe(identities.length);
    for (const { presents } of product.listeners) if (presents !== null) expect(identities).toContain(presents);
    for (const { identity } of product.mutualTls ?? []) expect(identities).toContain(identity);
  });

  test('every port that presents the certificate of a VOS machine is restarted after a change of it', () => {
    if (product.platform !== 'vos') return;
    const restarted = product.afterIdentityChange?.services.map(({ service }) => service);
    for (const { presents, service } of product.listeners) if (presents !== null) expect(restarted).toContain(service);
  });

  test('no release has both ECDSA and RSA only, and rules of keys do not overlap', () => {
    const releases = [
      '11.0(1)',
      '11.5(1)',
      '11.6(1)',
      '12.0(1)',
      '12.5(1)',
      '12.5(1)SU2',
      '12.6(1)',
      '12.6(2)',
      '15.0(1)',
    ];
    for (const release of releases) {
      const { ecdsa, rsaKeys = [] } = product;
      const without = ecdsa?.without !== undefined && isInRange(release, ecdsa.without);
      const having = ecdsa?.releases.some((range) => isInRange(release, range)) ?? false;
      expect(without && having).toBe(false);
      expect(rsaKeys.filter((rule) => isInRange(release, rule.releases)).length).toBeLessThan(2);
    }
  });
});

test('every machine type that presents certificates has a product of its own', () => {
  const plain = machineTypes.filter((type) => productOf(type).id === 'tls-server');
  expect(plain).toEqual(['SCRIPT_TARGET', 'CLIENT_PC', 'TLS_SERVER']);
});
