import type { Client, InventorySnapshot, Machine } from '#model/inventory.ts';
import type { Audience, MachineType } from '#model/names.ts';
import type { PagePlace } from '#model/observation.ts';
import { listenersOn } from '#products/index.ts';
import type { Role } from './schema.ts';

const express: readonly MachineType[] = ['UCCX_PUBLISHER', 'UCCX_SUBSCRIBER'];
const finesse: readonly MachineType[] = [...express, 'FINESSE_PRIMARY', 'FINESSE_SECONDARY'];
const reporting: readonly MachineType[] = [...express, 'CUIC_PUBLISHER', 'CUIC_SUBSCRIBER'];
const identity: readonly MachineType[] = [...express, 'IDS_PUBLISHER', 'IDS_SUBSCRIBER'];
const liveData: readonly MachineType[] = ['LIVE_DATA_A', 'LIVE_DATA_B'];

/** Somebody who must be there beside whoever signs in: of one of these roles. */
export interface Companion {
  readonly roles: readonly Role[];
  /** What for: `who calls`. */
  readonly who: string;
}

/** Finesse gives a call to whoever has a telephone. */
const caller: Companion = { roles: ['agent', 'supervisor'], who: 'who calls' };

/** What the browser suites look at. */
export interface PageSort {
  readonly page: string;
  readonly types: readonly MachineType[];
  readonly port: number;
  readonly path: string;
  /** Who signs in; nobody unless said. */
  readonly roles?: readonly Role[];
  /** Who must be there too, by who signs in. */
  readonly beside?: Readonly<Partial<Record<Role, Companion>>>;
  /** Whether it can be there: by the other machines. */
  readonly needs?: (machine: Machine, machines: readonly Machine[]) => boolean;
}

/** The pages that the browser suites know, and where they are. One entry here, one suite or one entry of `sign-in-pages`. */
const pages = [
  { page: 'Unified CCX Administration', types: express, port: 443, path: '/appadmin/main' },
  { page: 'Finesse sign-in', types: finesse, port: 8445, path: '/desktop' },
  { page: 'Finesse administration', types: finesse, port: 8445, path: '/cfadmin' },
  { page: 'Notification Service', types: finesse, port: 7443, path: '/' },
  { page: 'Live Data acceptance', types: express, port: 12015, path: '/' },
  { page: 'Live Data acceptance', types: liveData, port: 12005, path: '/livedata/security' },
  { page: 'Live Data acceptance', types: liveData, port: 12008, path: '/security' },
  { page: 'Live Data acceptance', types: liveData, port: 443, path: '/livedata/security' },
  { page: 'Unified Intelligence Center', types: reporting, port: 8444, path: '/cuicui/Main.jsp' },
  { page: 'Operations Administration', types: reporting, port: 8443, path: '/oamp' },
  { page: 'Identity Service', types: identity, port: 8553, path: '/idsadmin' },
  {
    page: 'Platform administration',
    types: [...finesse, ...reporting, ...identity, ...liveData, 'CM_PUBLISHER', 'CM_SUBSCRIBER', 'CVVB'],
    port: 8443,
    path: '/cmplatform',
  },
  { page: 'CCE Administration', types: ['CCE_AW'], port: 443, path: '/cceadmin' },
  { page: 'Enterprise Chat and Email', types: ['ECE'], port: 443, path: '/' },
  { page: 'Operations Console', types: ['CVP_OPS'], port: 9443, path: '/oamp' },
  { page: 'Customer Collaboration Platform', types: ['CCP'], port: 443, path: '/' },
  { page: 'Customer Collaboration Platform', types: ['CCP'], port: 7443, path: '/' },
  {
    page: 'Diagnostic Portico',
    types: ['CCE_ROUTER', 'CCE_LOGGER', 'CCE_ROGGER', 'CCE_PG', 'CCE_AW'],
    port: 7890,
    path: '/icm-dp/rest/DiagnosticPortal/GetMenu',
  },
  {
    page: 'Diagnostic Portico',
    types: ['CVP', 'CVP_REPORTING', 'CVP_OPS'],
    port: 8111,
    path: '/cvp-dp/rest/DiagnosticPortal/GetMenu',
  },
  { page: 'Unified CCX Administration', types: express, port: 443, path: '/appadmin/main', roles: ['administrator'] },
  { page: 'Finesse desktop', types: finesse, port: 8445, path: '/desktop', roles: ['agent', 'supervisor'] },
  {
    page: 'Finesse call',
    types: finesse,
    port: 8445,
    path: '/desktop',
    roles: ['agent', 'supervisor'],
    beside: { agent: caller, supervisor: caller },
  },
  {
    page: 'Finesse failover',
    types: finesse,
    port: 8445,
    path: '/desktop',
    roles: ['agent', 'supervisor'],
    needs: (machine, machines) => otherNode(machine, machines) !== null,
  },
  {
    page: 'Live Data gadgets',
    types: finesse,
    port: 8445,
    path: '/desktop',
    roles: ['agent', 'supervisor'],
    // The layout of agents shows their own team, that of supervisors the teams they look after.
    beside: { supervisor: { roles: ['agent'], who: 'whose state the gadgets of a supervisor show' } },
  },
  {
    page: 'Unified Intelligence Center',
    types: reporting,
    port: 8444,
    path: '/cuicui/Main.jsp',
    roles: ['report user'],
  },
  {
    page: 'Live Data permalink',
    types: express,
    port: 8444,
    path: '/cuicui/Main.jsp',
    roles: ['report user'],
    beside: { 'report user': { roles: ['agent'], who: 'whose state the report shows' } },
  },
  {
    page: 'Chat',
    types: express,
    port: 8445,
    path: '/desktop',
    roles: ['agent'],
    needs: (_machine, machines) => machines.some(({ type }) => type === 'CCP'),
  },
] as const satisfies readonly PageSort[];

/** Every sort of page, for the documents. */
export const pageSorts: readonly PageSort[] = pages;

export type PageName = (typeof pages)[number]['page'];

/** Every page that the suites know, by its name. */
export const pageNames: readonly PageName[] = [...new Set(pages.map(({ page }) => page))];

/** One page to open from one kind of PC. */
export interface Opening {
  readonly place: PagePlace;
  readonly name: PageName;
  /** Who signs in there; null where nobody does. */
  readonly role: Role | null;
  /** Who must be there too; null where nobody must. */
  readonly beside: Companion | null;
  readonly machine: Machine;
  readonly client: Client;
  readonly url: string;
}

const audienceOf = {
  agent: 'agents',
  supervisor: 'supervisors',
  'report user': 'report users',
  administrator: 'administrators',
} as const satisfies Readonly<Record<Role, Audience>>;

/** Every page of the inventory that the people at its PCs open: PC by PC, so that each needs its browser only once. */
export function openingsOf({ machines, clients }: Pick<InventorySnapshot, 'machines' | 'clients'>): Opening[] {
  const sorts: readonly (PageSort & { readonly page: PageName })[] = pages;
  return clients.flatMap((client) =>
    machines.flatMap((machine) =>
      sorts
        .filter(
          ({ types, port }) => productsOf(machine).some((type) => types.includes(type)) && machine.ports.includes(port),
        )
        .filter(({ needs }) => needs?.(machine, machines) ?? true)
        .flatMap(({ page, port, path, roles, beside }) =>
          rolesAt(client, machine, port, roles).map((role): Opening => {
            const title = role === null ? page : `${page}, ${role}`;
            const place = { at: 'page', machine: machine.id, port, client: client.id, page: title } as const;
            const companion = (role === null ? undefined : beside?.[role]) ?? null;
            return { place, name: page, role, beside: companion, machine, client, url: urlOf(machine, port, path) };
          }),
        ),
    ),
  );
}

/** `an agent`. */
export function roleWords(role: Role): string {
  return `${/^[aeiou]/.test(role) ? 'an' : 'a'} ${role}`;
}

/** `another agent or supervisor, who calls`. `beside`: who signs in to the page. */
export function companionWords({ roles, who }: Companion, beside: Role): string {
  const one = roles.includes(beside) ? `another ${roles.join(' or ')}` : roles.map(roleWords).join(' or ');
  return `${one}, ${who}`;
}

/** What a machine is, and what is co-resident on it. */
function productsOf({ type, beside = [] }: Machine): readonly MachineType[] {
  return [type, ...beside];
}

/** Who of those at this PC opens the page; null for everybody who sits there. */
function rolesAt(client: Client, machine: Machine, port: number, roles?: readonly Role[]): readonly (Role | null)[] {
  if (roles !== undefined) return roles.filter((role) => client.audiences.includes(audienceOf[role]));
  return opens(client, machine, port) ? [null] : [];
}

/** As the judge sees it: a port that no document gives an audience is everybody's. */
function opens(client: Client, machine: Machine, port: number): boolean {
  const listener = listenersOn(machine).find((candidate) => candidate.port === port);
  return listener?.audiences.some((audience) => client.audiences.includes(audience)) ?? true;
}

/** The address of a page of a machine. */
export function urlOf(machine: Machine, port: number, path: string): string {
  const host = machine.fqdn ?? machine.address ?? machine.id;
  return new URL(path, `https://${host.includes(':') ? `[${host}]` : host}:${port}`).href;
}

const pairs: readonly (readonly [MachineType, MachineType])[] = [
  ['UCCX_PUBLISHER', 'UCCX_SUBSCRIBER'],
  ['FINESSE_PRIMARY', 'FINESSE_SECONDARY'],
];

/** The node that the desktop of this one turns to when it fails. */
export function otherNode(machine: Machine, machines: readonly Machine[]): Machine | null {
  const pair = pairs.find((types) => types.includes(machine.type));
  return machines.find(({ id, type }) => id !== machine.id && pair?.includes(type) === true) ?? null;
}
