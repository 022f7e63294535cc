import { isInRange } from '#products/release.ts';
import type { Host, Surroundings } from '../application.ts';

/** One gadget of the desktop's layout: where it stands, and for whom. */
export interface Gadget {
  readonly title: string;
  readonly url: string;
  readonly roles: readonly ('Agent' | 'Supervisor')[];
  readonly tab: 'home' | 'chat';
}

/** Live Data views of the stock layouts with their view ids, as the Unified CCX administration guide lists them. */
const views: readonly { title: string; viewId: string; filterId: string; roles: Gadget['roles'] }[] = [
  {
    title: 'Agent CSQ Statistics',
    viewId: '76D964AD10000140000000830A4E5E6F',
    filterId: 'AgentCSQStats.csqName=CL',
    roles: ['Agent'],
  },
  {
    title: 'Agent Team Summary',
    viewId: '5C626F9C10000140000000600A4E5B33',
    filterId: 'ResourceIAQStats.resourceId=CL',
    roles: ['Agent'],
  },
  {
    title: 'Team State',
    viewId: '5C90012F10000140000000830A4E5B33',
    filterId: 'ResourceIAQStats.resourceId=CL',
    roles: ['Supervisor'],
  },
  {
    title: 'Voice CSQ Summary',
    viewId: 'C8E2DB1610000140000000A60A4E5E6B',
    filterId: 'VoiceIAQStats.esdName=CL',
    roles: ['Supervisor'],
  },
];

/** Where the gadgets of Live Data come from: the same machine on UCCX, the CUIC servers elsewhere. */
function reportServer(host: Host, { hosts }: Surroundings): Host | undefined {
  return host.type.startsWith('UCCX') ? host : hosts.find(({ type }) => type === 'CUIC_PUBLISHER');
}

export function gadgetsOf(host: Host, surroundings: Surroundings): readonly Gadget[] {
  const server = reportServer(host, surroundings);
  const isNew = isInRange(host.release, { from: '12.6' }) === true && !host.type.startsWith('UCCX');
  const folder = isNew ? '/cuicui/gadget/LiveData/LiveDataGadget.xml' : '/cuic/gadget/LiveData/LiveDataGadget.xml';
  const reports: Gadget[] =
    server === undefined
      ? []
      : views.map(({ title, viewId, filterId, roles }) => ({
          title,
          roles,
          tab: 'home',
          url: `https://${server.fqdn}:8444${folder}?gadgetHeight=250&viewId=${viewId}&filterId=${encodeURIComponent(filterId)}`,
        }));
  const chat: Gadget[] = surroundings.hosts
    .filter(({ type }) => type === 'CCP')
    .map(({ fqdn }) => ({
      title: 'Manage Chat and Email',
      roles: ['Agent', 'Supervisor'],
      tab: 'chat',
      url: `https://${fqdn}/multisession/ui/gadgets/multisession-reply-gadget.xml?gadgetHeight=590`,
    }));
  return [...reports, ...chat];
}
