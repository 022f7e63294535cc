import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { MachineId } from '#model/names.ts';
import { productOf } from '#products/index.ts';
import { Chats } from './applications/ccp/chats.ts';
import { ContactCentre } from './applications/contact-centre.ts';
import { Applications } from './applications/index.ts';
import { issue, newAuthority, newKey, type Authority, type KeyPair } from './authority.ts';
import { selfSignedCertificate, signedCertificate } from './certificates.ts';
import { domain, labDeployments, plansOf, type LabDeployment, type Plan } from './deployments.ts';
import type { Place } from './machines/listen.ts';
import type { CommandLine, LabMachine } from './machines/machine.ts';
import { SignIn, type Administrator } from './machines/sign-in.ts';
import { VosCli } from './machines/vos/cli.ts';
import { administrationOf } from './machines/vos/administration/index.ts';
import { VosMachine } from './machines/vos/machine.ts';
import { usualManners, type Manners } from './machines/vos/manners.ts';
import type { CaManners } from './machines/windows-ca/certification-authority.ts';
import { WindowsSsh } from './machines/windows/ssh.ts';
import { firstIdentities } from './machines/windows/first-identities.ts';
import { install } from './machines/windows/install.ts';
import { WindowsMachine } from './machines/windows/machine.ts';
import { canListen, defaultNetwork, freePorts, networkPrefix } from './network.ts';
import { labFolder } from './state.ts';

export interface LabOptions {
  /** The state folder; the lab's own lies below it. */
  readonly state: string;
  readonly deployment?: LabDeployment;
  /** How many machines, where more than the deployment has. */
  readonly machines?: number;
  readonly network?: string;
  readonly signed?: boolean;
  /** Two nodes of MediaSense beside the deployment. */
  readonly mediasense?: boolean;
  /** Free ports of 127.0.0.1 instead of the real ports of several addresses. */
  readonly portMap?: boolean;
  /** CVP as its installer leaves it: certificates with the short name of the machine. */
  readonly freshCvp?: boolean;
  readonly now?: () => Date;
  readonly manners?: Partial<Manners>;
  /** A Windows CA beside the machines; none unless said. */
  readonly windowsCa?: Partial<CaManners>;
}

type Places = ReadonlyMap<MachineId, ReadonlyMap<number, Place>>;

/** What stands before the first port opens. */
export interface Built {
  readonly authority: Authority | null;
  readonly administrator: Administrator;
  readonly machines: readonly LabMachine[];
  readonly commandLines: ReadonlyMap<MachineId, CommandLine>;
  readonly centre: ContactCentre;
  readonly chats: Chats;
  readonly applications: Applications;
  /** Where every port is bound, where not at its own number. */
  readonly places: Places | null;
}

/** What a machine is made from, on whatever platform. */
interface Planned extends Plan {
  readonly fqdn: string;
  readonly address: string;
  readonly release: string;
  readonly key: KeyPair;
  readonly certificates: 'self-signed' | 'ca-signed';
  readonly placeOf: (port: number) => Place;
}

/** Makes the keys, the certificates and the machines; opens nothing yet. */
export async function build(options: LabOptions): Promise<Built> {
  const deployment = options.deployment ?? 'UCCX';
  const prefix = networkPrefix(options.network ?? defaultNetwork);
  const plans = plansOf(deployment, options.machines, options.mediasense);
  const now = options.now ?? (() => new Date());
  const manners: Manners = { ...usualManners, ...options.manners };
  const administrator = { user: 'administrator', password: randomBytes(15).toString('base64url') };
  // Keys take most of the time: they are made side by side.
  const [authority, places, keyed] = await Promise.all([
    options.signed === true ? newAuthority(now()) : null,
    mapPorts(plans, prefix, options.portMap ?? false),
    Promise.all(plans.map(async (plan) => ({ plan, key: await newKey() }))),
  ]);
  const centre = new ContactCentre(now);
  const chats = new Chats();
  const hosts: LabMachine[] = [];
  const placeOf = (fqdn: string, port: number): Place | null => {
    const machine = hosts.find((candidate) => candidate.fqdn === fqdn);
    return machine?.ports.find(({ number }) => number === port)?.place ?? null;
  };
  const applications = new Applications({ centre, chats, hosts, placeOf });

  const onVos = async (planned: Planned): Promise<[VosMachine, CommandLine]> => {
    const identity = await issue(
      authority === null
        ? selfSignedCertificate(planned, now(), { key: planned.key })
        : signedCertificate(planned, now(), { key: planned.key, issuer: authority.intermediate }),
    );
    const machine = new VosMachine({
      ...planned,
      identity,
      manners,
      now,
      applicationAt: (host, listener) => applications.of(host, listener),
      administration: administrationOf,
    });
    machine.signIn = new SignIn(administrator, now);
    return [machine, new VosCli(machine)];
  };
  const onWindows = async (planned: Planned): Promise<[WindowsMachine, CommandLine]> => {
    const identities = await firstIdentities(planned, now(), authority, options.freshCvp ?? false);
    const folder = join(labFolder(options.state), 'machines', planned.id);
    const { restartMilliseconds } = manners;
    const machine = new WindowsMachine({
      ...planned,
      folder,
      restartMilliseconds,
      now,
      authority,
      applicationAt: (host, listener) => applications.of(host, listener),
    });
    install(machine, identities);
    return [machine, new WindowsSsh(machine, administrator)];
  };

  const made = await Promise.all(
    keyed.map(async ({ plan, key }) => {
      const address = places === null ? `${prefix}.0.${String(plan.host)}` : '127.0.0.1';
      const planned: Planned = {
        ...plan,
        fqdn: `${plan.id}.${domain}`,
        address,
        release: plan.release ?? labDeployments[deployment].release,
        key,
        certificates: authority === null ? 'self-signed' : 'ca-signed',
        placeOf: (port) => places?.get(plan.id)?.get(port) ?? { address, port },
      };
      return productOf(plan.type).platform === 'windows' ? onWindows(planned) : onVos(planned);
    }),
  );
  const machines = made.map(([machine]) => machine);
  hosts.push(...machines);
  return {
    authority,
    administrator,
    machines,
    centre,
    chats,
    applications,
    commandLines: new Map(made.map(([machine, commandLine]) => [machine.id, commandLine])),
    places,
  };
}

/** A free port for every port of every machine, where the real ones are not wanted or not to be had. */
async function mapPorts(plans: readonly Plan[], prefix: string, isWanted: boolean): Promise<Places | null> {
  const first = plans[0];
  if (first === undefined) return null;
  if (!isWanted && (await canListen({ address: `${prefix}.0.${first.host}`, port: 443 }))) return null;
  const wanted = plans.flatMap(({ id, type, beside = [] }) =>
    [...new Set([22, ...[type, ...beside].flatMap((each) => productOf(each).listeners.map(({ port }) => port))])].map(
      (port) => ({ id, port }),
    ),
  );
  const free = await freePorts(wanted.length);
  const places = new Map<MachineId, Map<number, Place>>();
  for (const [at, { id, port }] of wanted.entries()) {
    const own = places.get(id) ?? new Map<number, Place>();
    places.set(id, own.set(port, { address: '127.0.0.1', port: free[at] ?? 0 }));
  }
  return places;
}
