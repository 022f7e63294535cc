import type { MachineType } from '#model/names.ts';
import type { Sources } from '#model/source.ts';
import { cisco } from '../sources.ts';
import { windowsStores, type Relation } from './relation.ts';

const routers = ['CCE_ROUTER', 'CCE_ROGGER'] as const;
const loggers = ['CCE_LOGGER', 'CCE_ROGGER'] as const;

/**
 * TLS inside CCE of 15.0: each end shows its host.pem, at ports that speak without TLS as installed and are therefore not
 * probed. Which end opens the connection is inferred.
 */
const insideCce = {
  store: windowsStores,
  identity: 'host.pem',
  releases: { from: '15.0' },
  isSecured: 'where set up',
  sources: [
    cisco.cceSecurity('TLS inside CCE: exchange of certificates by CiscoCertUtil'),
    cisco.ccePorts('Router, Logger, PG and AW: ports of the secure mode'),
    cisco.cceSecurity('Which side of the link is the client', 'inferred'),
  ] satisfies Sources,
} as const;

type Types = readonly [MachineType, ...MachineType[]];

/** The end that is connected to, the end that connects, and what stops without their trust in each other. */
const pairs: readonly (Pick<Relation, 'stops' | 'breaks' | 'severity'> & {
  readonly server: readonly [name: string, types: Types];
  readonly client: readonly [name: string, types: Types];
})[] = [
  {
    server: ['router', routers],
    client: ['pg', ['CCE_PG']],
    stops: 'calls',
    breaks: 'the Router has no PG: calls are not routed to agents',
    severity: 'critical',
  },
  {
    server: ['router', routers],
    client: ['logger', ['CCE_LOGGER']],
    stops: 'administration',
    breaks: 'the Router gets no configuration and the Logger no history',
    severity: 'critical',
  },
  {
    server: ['router', routers],
    client: ['aw', ['CCE_AW']],
    stops: 'administration',
    breaks: 'real-time data and changes of configuration do not pass between Router and AW',
    severity: 'major',
  },
  {
    server: ['logger', loggers],
    client: ['aw', ['CCE_AW']],
    stops: 'reports',
    breaks: 'the AW gets no history from the Logger',
    severity: 'major',
  },
];

/** The two sides of Router and Logger; each is server and client to the other. */
const peers: readonly Relation[] = (
  [
    ['router', routers, 'the two sides of the Router do not agree: routing stops when one fails'],
    ['logger', loggers, 'the two sides of the Logger do not recover from each other'],
  ] as const
).map(([name, types, breaks]) => ({
  ...insideCce,
  id: `${name}-relies-on-other-side`,
  relyingParty: types,
  presenter: types,
  presents: 'as-client',
  stops: 'failover',
  breaks,
  severity: 'major',
}));

/** The links of Router, Logger, PG and AW among each other, and those of the Dialer. */
export const centralControllerRelations: readonly Relation[] = [
  ...pairs.flatMap(({ server: [server, servers], client: [client, clients], ...what }): Relation[] => [
    {
      ...insideCce,
      ...what,
      id: `${server}-relies-on-${client}-host-pem`,
      relyingParty: servers,
      presenter: clients,
      presents: 'as-client',
    },
    {
      ...insideCce,
      ...what,
      id: `${client}-relies-on-${server}-host-pem`,
      relyingParty: clients,
      presenter: servers,
      presents: 'at-unprobed-port',
    },
  ]),
  ...peers,
  {
    id: 'pg-relies-on-dialer',
    relyingParty: ['CCE_PG'],
    store: windowsStores,
    presenter: ['CCE_PG'],
    presents: 'as-client',
    identity: 'host.pem',
    isSecured: 'where set up',
    stops: 'calls',
    breaks: 'outbound calls stop: Dialer, CTI Server and MR PG on different machines refuse each other',
    severity: 'major',
    sources: [
      cisco.cceSecurity('Dialer with CTI Server and MR PG: exchange of certificates'),
      cisco.cceSecurity('That the Dialer runs on a machine of a PG, and which side is the client', 'inferred'),
    ],
  },
];
