import type { MachineType } from '#model/names.ts';
import { cisco } from '../sources.ts';
import {
  cceHosts,
  cloudConnectNodes,
  cucmNodes,
  cuicNodes,
  finesseNodes,
  idsNodes,
  liveDataNodes,
  type Relation,
} from './relation.ts';

/** A machine that CCE Administration on the AW opens: its tile, its configuration or its gadget is away without trust. */
function awReliesOn(
  name: string,
  presenter: Relation['presenter'],
  port: number,
  more: Pick<Relation, 'releases' | 'disagreement'> = {},
): Relation {
  return {
    id: `aw-relies-on-${name}`,
    relyingParty: ['CCE_AW'],
    store: 'cacerts',
    presenter,
    port,
    stops: 'administration',
    breaks: 'CCE Administration shows this machine as not reachable, and changes do not get there',
    severity: 'major',
    ...more,
    sources: [cisco.pcceCertificates('Certificates that the AW imports')],
  };
}

const vosAtAw: readonly (readonly [name: string, readonly [MachineType, ...MachineType[]], port: number])[] = [
  ['cuic', cuicNodes, 8443],
  ['ids', idsNodes, 8553],
  ['cucm', cucmNodes, 8443],
  ['cvvb', ['CVVB'], 8443],
  ['cloud-connect', cloudConnectNodes, 8445],
  ['ccp', ['CCP'], 443],
];

/** The links of CCE Administration and of the Windows machines of CCE among each other. */
export const administrationRelations: readonly Relation[] = [
  awReliesOn('iis', cceHosts, 443),
  awReliesOn('portico', cceHosts, 7890),
  awReliesOn('cvp', ['CVP', 'CVP_REPORTING'], 8111, {
    disagreement:
      'The guides restart the machine (15.0) or Apache Tomcat (12.5) after the import: the service first, the machine where the new state does not show.',
  }),
  awReliesOn('finesse', finesseNodes, 8445, {
    disagreement: 'The guide of 12.0 names the primary only; without the secondary its tile fails after a failover.',
  }),
  ...vosAtAw.map(([name, presenter, port]) => awReliesOn(name, presenter, port)),
  awReliesOn('live-data-12005', liveDataNodes, 12005, { releases: { before: '12.6(2)' } }),
  awReliesOn('live-data', liveDataNodes, 443, { releases: { from: '12.6(2)' } }),
  awReliesOn('ece', ['ECE'], 443),
  {
    id: 'logger-relies-on-aw',
    relyingParty: ['CCE_LOGGER', 'CCE_ROGGER'],
    store: 'cacerts',
    presenter: ['CCE_AW'],
    port: 443,
    stops: 'administration',
    breaks: 'status and configuration between Logger and AW stand still',
    severity: 'major',
    sources: [cisco.pcceCertificates('Certificates that Logger and Rogger import')],
  },
  {
    id: 'pg-relies-on-cucm',
    relyingParty: ['CCE_PG'],
    store: 'cacerts',
    presenter: ['CM_PUBLISHER'],
    port: 8443,
    stops: 'administration',
    breaks: 'the PG does not read devices from CUCM',
    severity: 'major',
    sources: [cisco.pcceCertificates('Certificates that the PG imports')],
  },
];
