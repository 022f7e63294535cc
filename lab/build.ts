import type { MachineId } from '#model/names.ts';
import { productOf } from '#products/index.ts';
import type { Host } from './applications/application.ts';
import { Chats } from './applications/ccp/chats.ts';
import { ContactCentre } from './applications/contact-centre.ts';
import { Applications } from './applications/index.ts';
import { issue, newAuthority, newKey, type Authority } from './authority.ts';
import { selfSignedCertificate, signedCertificate } from './certificates.ts';
import { domain, labDeployments, type LabDeployment, type Plan } from './deployments.ts';
import type { Place } from './machines/listen.ts';
import { administrationOf } from './machines/vos/administration/index.ts';
import { VosMachine } from './machines/vos/machine.ts';
import { usualManners, type Manners } from './machines/vos/manners.ts';
import type { CaManners } from './machines/windows-ca/certification-authority.ts';
import { canListen, defaultNetwork, freePorts, networkPrefix } from './network.ts';

export interface LabOptions {
  /** The state folder; the lab's own lies below it. */
  readonly state: string;
  readonly deployment?: LabDeployment;
  readonly network?: string;
  readonly signed?: boolean;
  /** Free ports of 127.0.0.1 instead of the real ports of several addresses. */
  readonly portMap?: boolean;
  readonly now?: () => Date;
  readonly manners?: Partial<Manners>;
  /** A Windows CA beside the machines; none unless said. */
  readonly windowsCa?: Partial<CaManners>;
}

type Places = ReadonlyMap<MachineId, ReadonlyMap<number, Place>>;

/** What stands before the first port opens. */
export interface Built {
  readonly authority: Authority | null;
  readonly machines: readonly VosMachine[];
  readonly centre: ContactCentre;
  readonly chats: Chats;
  readonly applications: Applications;
  /** Where every port is bound, where not at its own number. */
  readonly places: Places | null;
}

/** Makes the keys, the certificates and the machines; opens nothing yet. */
export async function build(options: LabOptions): Promise<Built> {
  const prefix = networkPrefix(options.network ?? defaultNetwork);
  const { release, machines: plans } = labDeployments[options.deployment ?? 'UCCX'];
  const now = options.now ?? (() => new Date());
  const manners: Manners = { ...usualManners, ...options.manners };
  // Keys take most of the time: they are made side by side.
  const [authority, places, planned] = await Promise.all([
    options.signed === true ? newAuthority(now()) : null,
    mapPorts(plans, prefix, options.portMap ?? false),
    Promise.all(plans.map(async (plan) => ({ ...plan, fqdn: `${plan.id}.${domain}`, key: await newKey() }))),
  ]);
  const centre = new ContactCentre(now);
  const chats = new Chats();
  const hosts: Host[] = [];
  const placeOf = (fqdn: string, port: number): Place | null => {
    const machine = machines.find((candidate) => candidate.fqdn === fqdn);
    return machine?.ports.find(({ number }) => number === port)?.place ?? null;
  };
  const applications = new Applications({ centre, chats, hosts, placeOf });
  const machines = await Promise.all(
    planned.map(async ({ id, type, host, fqdn, key }) => {
      const address = places === null ? `${prefix}.0.${host}` : '127.0.0.1';
      const holder = { type, fqdn };
      const identity = await issue(
        authority === null
          ? selfSignedCertificate(holder, now(), { key })
          : signedCertificate(holder, now(), { key, issuer: authority.intermediate }),
      );
      return new VosMachine({
        id,
        type,
        fqdn,
        address,
        release,
        identity,
        certificates: authority === null ? 'self-signed' : 'ca-signed',
        manners,
        now,
        administration: administrationOf,
        applicationAt: (machine, listener) => applications.of(machine, listener),
        placeOf: (port) => places?.get(id)?.get(port) ?? { address, port },
      });
    }),
  );
  hosts.push(...machines);
  return { authority, machines, centre, chats, applications, places };
}

/** A free port for every port of every machine, where the real ones are not wanted or not to be had. */
async function mapPorts(plans: readonly Plan[], prefix: string, isWanted: boolean): Promise<Places | null> {
  const first = plans[0];
  if (first === undefined) return null;
  if (!isWanted && (await canListen({ address: `${prefix}.0.${first.host}`, port: 443 }))) return null;
  const wanted = plans.flatMap(({ id, type }) =>
    [22, ...productOf(type).listeners.map(({ port }) => port)].map((port) => ({ id, port })),
  );
  const free = await freePorts(wanted.length);
  const places = new Map<MachineId, Map<number, Place>>();
  for (const [at, { id, port }] of wanted.entries()) {
    const own = places.get(id) ?? new Map<number, Place>();
    places.set(id, own.set(port, { address: '127.0.0.1', port: free[at] ?? 0 }));
  }
  return places;
}
