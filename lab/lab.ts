import type { X509Certificate } from 'node:crypto';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '#model/errors.ts';
import type { MachineId } from '#model/names.ts';
import { listenersOn } from '#products/index.ts';
import { isProbed, linksAmong } from '#products/links.ts';
import type { Chats } from './applications/ccp/chats.ts';
import type { ContactCentre } from './applications/contact-centre.ts';
import type { Applications } from './applications/index.ts';
import { issue, newKey, type Authority, type Wanted } from './authority.ts';
import { build, type Built, type LabOptions } from './build.ts';
import { selfSignedCertificate, signedCertificate } from './certificates.ts';
import { ClientPc } from './clients.ts';
import { domain, labDeployments, type LabDeployment } from './deployments.ts';
import { writeCertificates, writeWhole } from './files.ts';
import { digestOf, type LabDigest } from './digest.ts';
import { inventoryText, type InventoryAuthority } from './inventory.ts';
import { machineStatus, placeText, type LabStatus } from './status.ts';
import { replyTo } from './request.ts';
import { clusterOf, replicasOf } from './machines/vos/cluster.ts';
import type { Place } from './machines/listen.ts';
import type { CommandLine, LabMachine } from './machines/machine.ts';
import { SignIn, type Administrator } from './machines/sign-in.ts';
import { VosMachine, type TomcatIdentity } from './machines/vos/machine.ts';
import type { CaManners } from './machines/windows-ca/certification-authority.ts';
import { newWindowsCa } from './machines/windows-ca/build.ts';
import type { WindowsCa } from './machines/windows-ca/machine.ts';
import { identityFor } from './machines/windows/first-identities.ts';
import { putIdentity } from './machines/windows/install.ts';
import { WindowsMachine } from './machines/windows/machine.ts';
import { defaultNetwork, freePorts, listenFailure, networkPrefix } from './network.ts';
import { labFolder } from './state.ts';

/** Who a certificate is given to when it is installed. */
export type KnownTo = 'everyone' | 'peers' | 'clients' | 'nobody';

export type CertificateChanges = Partial<Wanted> & Pick<TomcatIdentity, 'sentWith'>;

/** A change to the lab that makes it show faults. */
export interface Change {
  readonly id: string;
  /** The lab it needs: certificates signed by the lab's CA, or as installed. */
  readonly needs: 'signed' | 'self-signed' | 'any';
  /** The deployment it is about; UCCX unless said. */
  readonly deployment?: LabDeployment;
  readonly change: (lab: Lab) => void | Promise<void>;
}

interface Snapshot {
  readonly release: string;
  /** What brings each machine back. */
  readonly machines: readonly (() => Promise<void>)[];
  readonly clients: readonly Pick<ClientPc, 'anchors' | 'accepted'>[];
  readonly caManners: CaManners | null;
}

const passwordFile = 'os-password';
const peoplePasswordFile = 'people-password';

/** A contact centre in a box: machines on loop-back, the PCs that look at them, and the ways to break both. */
export class Lab {
  readonly deployment: LabDeployment;
  readonly network: string;
  readonly folder: string;
  readonly startedAt: Date;
  readonly now: () => Date;
  readonly machines: readonly LabMachine[];
  readonly clients: readonly ClientPc[] = [new ClientPc('pc-managed')];
  readonly administrator: Administrator;
  /** The people of the deployment and what they do. */
  readonly centre: ContactCentre;
  readonly chats: Chats;
  release: string;
  readonly #applications: Applications;
  readonly #authority: Authority | null;
  readonly #isMapped: boolean;
  readonly #cli: ReadonlyMap<MachineId, CommandLine>;
  readonly #sshPlace: ReadonlyMap<MachineId, Place>;
  readonly #timers = new Set<NodeJS.Timeout>();
  #windowsCa: WindowsCa | null = null;
  #broken: string[] = [];
  #original: Snapshot | null = null;
  #beforeBreaking: Snapshot | null = null;
  /** Changes to the world, one after another. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(options: LabOptions, made: Built) {
    this.deployment = options.deployment ?? 'UCCX';
    this.network = options.network ?? defaultNetwork;
    this.folder = labFolder(options.state);
    this.now = options.now ?? (() => new Date());
    this.startedAt = this.now();
    this.release = labDeployments[this.deployment].release;
    this.#authority = made.authority;
    this.centre = made.centre;
    this.chats = made.chats;
    this.#applications = made.applications;
    this.#isMapped = made.places !== null;
    this.machines = made.machines;
    this.administrator = made.administrator;
    this.#cli = made.commandLines;
    this.#sshPlace = new Map(
      made.machines.map((machine) => [
        machine.id,
        made.places?.get(machine.id)?.get(22) ?? { address: machine.address, port: 22 },
      ]),
    );
    for (const machine of made.machines) {
      if (!(machine instanceof VosMachine)) continue;
      machine.onTrustUpload = (store, certificate) => this.#replicate(machine, store, certificate);
      machine.cluster = () =>
        clusterOf(
          machine,
          this.machines.filter((other) => other instanceof VosMachine),
        );
      machine.onPower = (state) => this.#setSsh(machine.id, state);
    }
  }

  /** Builds the lab and starts it; resolves when every port answers. */
  static async start(options: LabOptions): Promise<Lab> {
    const lab = new Lab(options, await build(options));
    if (options.windowsCa !== undefined) lab.#windowsCa = await lab.#newWindowsCa(options.windowsCa);
    try {
      await lab.#start();
    } catch (error) {
      await lab.stop();
      throw listenFailure(error);
    }
    return lab;
  }

  get isSigned(): boolean {
    return this.#authority !== null;
  }

  /** The CA of a signed lab. */
  get authority(): Authority {
    if (this.#authority === null) {
      throw new UsageError({
        seen: 'This lab has no CA.',
        matters: 'Its machines have self-signed certificates, as installed.',
        todo: 'Start one that has: uccert lab down, then uccert lab up --signed.',
      });
    }
    return this.#authority;
  }

  /** The Windows CA, where the lab was started with one. */
  get windowsCa(): WindowsCa {
    if (this.#windowsCa === null) {
      throw new UsageError({
        seen: 'This lab has no Windows CA.',
        matters: 'Nobody answers at /certsrv.',
        todo: 'Start one that has: uccert lab down, then uccert lab up --windows-ca usual.',
      });
    }
    return this.#windowsCa;
  }

  async #newWindowsCa(manners: NonNullable<LabOptions['windowsCa']>): Promise<WindowsCa> {
    const [port = 0] = this.#isMapped ? await freePorts(1) : [443];
    return newWindowsCa({
      fqdn: `ca1.${domain}`,
      place: { address: this.#isMapped ? '127.0.0.1' : `${networkPrefix(this.network)}.0.5`, port },
      authority: this.#authority,
      manners,
      now: this.now,
      signIn: new SignIn(this.administrator, this.now),
    });
  }

  get inventoryFile(): string {
    return join(this.folder, 'uccert.yaml');
  }

  /** What was broken since the last heal, in that order. */
  get broken(): readonly string[] {
    return this.#broken;
  }

  /** A machine by its id, or the first of a type. */
  machine(idOrType: string): LabMachine {
    const found = this.machines.find(({ id, type }) => id === idOrType || type === idOrType);
    if (found === undefined) throw new RangeError(`the lab has no machine ${idOrType}`);
    return found;
  }

  /** A machine on the Voice Operating System. */
  vos(idOrType: string): VosMachine {
    const found = this.machine(idOrType);
    if (found instanceof VosMachine) return found;
    throw new RangeError(`${found.id} is no VOS machine`);
  }

  /** A Windows machine. */
  windows(idOrType: string): WindowsMachine {
    const found = this.machine(idOrType);
    if (found instanceof WindowsMachine) return found;
    throw new RangeError(`${found.id} is no Windows machine`);
  }

  /** The SSH place and host key of a machine. */
  ssh(id: MachineId): { readonly place: Place; readonly fingerprint: string } {
    const cli = this.#cli.get(id);
    const place = this.#sshPlace.get(id);
    if (cli === undefined || place === undefined) throw new RangeError(`the lab has no machine ${id}`);
    return { place, fingerprint: cli.hostKey.fingerprint };
  }

  /** The machines that hold this one's certificate in their trust store, by the relations of the products. */
  relyingPartiesOf(presenter: LabMachine): readonly LabMachine[] {
    return [...new Set(this.#linksTo(presenter).map(({ party }) => party))];
  }

  #linksTo(presenter: LabMachine): readonly { party: LabMachine; store: string; port: number }[] {
    return linksAmong(this.machines, [], ({ openPorts }) => openPorts)
      .filter(isProbed)
      .filter((link) => link.presenter === presenter)
      .map(({ relation, relyingParty, port }) => ({ party: relyingParty, store: relation.store, port }));
  }

  /** A certificate for a machine as this lab issues them, with changes. */
  async issueFor(machine: VosMachine, changes: CertificateChanges = {}): Promise<TomcatIdentity> {
    const { sentWith, ...wanted } = changes;
    const isSelf = (changes.issuer ?? (this.isSigned ? this.authority.intermediate : 'self')) === 'self';
    // Without a wish for another key the certificate is for the machine's own, as if it had had it all along.
    const key = changes.key ?? machine.identity.key;
    const identity = await issue(
      isSelf
        ? selfSignedCertificate(machine, this.now(), { ...wanted, key })
        : signedCertificate(machine, this.now(), { issuer: this.authority.intermediate, ...wanted, key }),
    );
    return { ...identity, ...(sentWith === undefined ? {} : { sentWith }) };
  }

  /** The CA's reply to a request: the names as asked, the template as usual. */
  async sign(request: string): Promise<X509Certificate> {
    return replyTo(request, this.authority, this.now());
  }

  /** Tells peers and PCs of a certificate that they must know by itself, not by its CA. */
  makeKnown(machine: LabMachine, certificate: X509Certificate, to: KnownTo = 'everyone'): void {
    if (to === 'everyone' || to === 'peers') {
      // On a machine with several certificates the port of the link says which of them is looked for there.
      const among = machine.identities.find((shown) => shown.certificate.fingerprint256 === certificate.fingerprint256);
      const isMeant = (port: number): boolean =>
        machine.identities.length === 1 || among === undefined || among.ports.includes(port);
      for (const { party, store, port } of this.#linksTo(machine)) {
        if (isMeant(port)) party.hold(store, certificate, `${machine.fqdn}_${among?.name ?? String(port)}`);
      }
    }
    if (to === 'everyone' || to === 'clients') for (const client of this.clients) client.accept(certificate);
  }

  /** Gives a machine another certificate, as if it had been there for long: its ports present it, and who knew it knows it. */
  async install(machineId: string, changes: CertificateChanges, knownTo: KnownTo = 'everyone'): Promise<void> {
    const machine = this.vos(machineId);
    const before = machine.identity.certificate;
    machine.identity = await this.issueFor(machine, changes);
    if (machine.isSelfSigned) {
      if (knownTo === 'everyone' || knownTo === 'clients') for (const client of this.clients) client.forget(before);
      this.makeKnown(machine, machine.identity.certificate, knownTo);
    }
    await machine.startAll();
  }

  /** Gives an identity of a Windows machine another certificate, as if it had been there for long. */
  async installOnWindows(
    machineId: string,
    identity: string,
    changes: Partial<Wanted>,
    knownTo: KnownTo = 'everyone',
  ): Promise<void> {
    const machine = this.windows(machineId);
    const before = machine.identities.find(({ name }) => name === identity)?.certificate;
    const holder = { type: machine.type, id: machine.id, fqdn: machine.fqdn, key: await newKey() };
    const given = await identityFor(holder, identity, this.now(), this.#authority, changes);
    putIdentity(machine, identity, given);
    const [certificate] = given.chain;
    if (certificate !== undefined && certificate.issuer === certificate.subject) {
      for (const client of this.clients) if (before !== undefined) client.forget(before);
      this.makeKnown(machine, certificate, knownTo);
    }
    await machine.startAll();
  }

  /** Makes the whole deployment of another release: ports open and close accordingly. Who has a release of its own keeps it. */
  async setRelease(release: string): Promise<void> {
    for (const machine of this.machines) if (machine.release === this.release) machine.release = release;
    this.release = release;
    await Promise.all(this.machines.map((machine) => machine.startAll()));
  }

  /** Breaks the lab in one way more. */
  async apply(change: Change): Promise<void> {
    const deployment = change.deployment ?? 'UCCX';
    if (deployment !== this.deployment) {
      throw new UsageError({
        seen: `The scenario ${change.id} is about a ${deployment} lab; this one is ${this.deployment}.`,
        matters: 'The machines that it changes are not here.',
        todo: `Start such a lab: uccert lab down, then uccert lab up --deployment ${deployment.toLowerCase()}.`,
      });
    }
    const kind = this.isSigned ? 'signed' : 'self-signed';
    if (change.needs !== 'any' && change.needs !== kind) {
      throw new UsageError({
        seen: `The scenario ${change.id} needs a ${change.needs} lab; this one is ${kind}.`,
        matters: 'In the other kind of lab the same change would show other faults.',
        todo: `Start it anew: uccert lab down, then uccert lab up${change.needs === 'signed' ? ' --signed' : ''}.`,
      });
    }
    await this.#alone(async () => {
      for (const client of this.clients) await client.read(this.folder);
      this.#beforeBreaking ??= this.#snapshot();
      this.#broken.push(change.id);
      await change.change(this);
      await this.#write();
    });
  }

  /** What brings every machine back to how it is now: its stores, what its ports present, its settings. */
  remember(): () => Promise<void> {
    const machines = this.machines.map((machine) => machine.remember());
    return () =>
      this.#alone(async () => {
        await Promise.all(machines.map((bringBack) => bringBack()));
      });
  }

  /** Undoes what was broken: everything is as before the first break. */
  async heal(): Promise<void> {
    await this.#alone(() => this.#restore(this.#beforeBreaking ?? this.#snapshot()));
  }

  /** Everything is as it was when the lab came up, with the same certificates and keys. */
  async reset(): Promise<void> {
    await this.#alone(() => this.#restore(this.#original ?? this.#snapshot()));
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.all([
      ...this.machines.map((machine) => machine.stop()),
      ...[...this.#cli.values()].map((cli) => cli.stop()),
      this.#windowsCa?.stop(),
    ]);
    // What it wrote is there while the lab is up, and only then: keys and passwords of a lab that is gone help nobody.
    if (this.#original === null) return;
    const written = ['authority', 'clients', 'machines', passwordFile, peoplePasswordFile];
    await Promise.all([
      rm(this.inventoryFile, { force: true }),
      ...written.map((name) => rm(join(this.folder, name), { recursive: true, force: true })),
    ]);
  }

  get inventory(): string {
    return inventoryText({
      deployment: this.deployment,
      release: this.release,
      machines: this.machines.map((machine) => ({
        id: machine.id,
        type: machine.type,
        fqdn: machine.fqdn,
        address: machine.address,
        certificates: machine.certificates,
        isExternal: machine.isExternal,
        hostKey: this.ssh(machine.id).fingerprint,
        sshPort: this.ssh(machine.id).place.port,
        platform: machine instanceof WindowsMachine ? 'windows' : 'vos',
        shell: machine instanceof WindowsMachine ? machine.shell : 'cmd',
        release: machine.release === this.release ? null : machine.release,
        beside: machine.beside ?? [],
        alsoOpen: machine.openPorts.filter((port) => !listenersOn(machine).some((listener) => listener.port === port)),
        connect: this.#isMapped
          ? Object.fromEntries(machine.ports.map((port) => [port.number, placeText(port.place)]))
          : {},
      })),
      clients: this.clients,
      user: this.administrator.user,
      passwordFile,
      people: this.centre.agents,
      peoplePasswordFile,
      authority: this.#inventoryAuthority,
    });
  }

  get #inventoryAuthority(): InventoryAuthority | null {
    const chain = 'authority/chain.pem';
    if (this.#windowsCa !== null) {
      const { fqdn, place } = this.#windowsCa;
      return { chain, asked: { fqdn, connect: placeText(place) } };
    }
    return this.isSigned ? { chain, asked: { key: 'authority/intermediate.key' } } : null;
  }

  get status(): LabStatus {
    return {
      deployment: this.deployment,
      network: this.network,
      signed: this.isSigned,
      release: this.release,
      startedAt: this.startedAt.toISOString(),
      inventory: this.inventoryFile,
      people: {
        names: this.centre.agents.map(({ id }) => id),
        passwordFile: join(this.folder, peoplePasswordFile),
      },
      administratorPasswordFile: join(this.folder, passwordFile),
      rootFile: join(this.folder, 'authority', 'root.pem'),
      broken: this.#broken,
      windowsCa: this.#windowsCa === null ? null : { fqdn: this.#windowsCa.fqdn, at: placeText(this.#windowsCa.place) },
      machines: this.machines.map((machine) => machineStatus(machine, this.ssh(machine.id).place)),
    };
  }

  get digest(): LabDigest {
    return digestOf(this.release, this.machines, this.clients);
  }

  async #start(): Promise<void> {
    for (const machine of this.machines) {
      if (this.isSigned)
        machine.trustAuthorities([this.authority.root.certificate, this.authority.intermediate.certificate]);
      else for (const { certificate } of machine.identities) this.makeKnown(machine, certificate);
    }
    for (const client of this.clients) client.anchors = this.isSigned ? [this.authority.root.certificate] : [];
    // All are waited for, so that a failed start leaves nothing half open behind.
    const started = await Promise.allSettled([
      ...this.machines.map((machine) => machine.startAll()),
      ...this.machines.map((machine) => this.#cli.get(machine.id)?.start(this.ssh(machine.id).place)),
      this.#windowsCa?.start(),
    ]);
    const failed = started.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await chmod(this.folder, 0o700);
    await writeWhole(join(this.folder, passwordFile), `${this.administrator.password}\n`, 0o600);
    await writeWhole(join(this.folder, peoplePasswordFile), `${this.centre.password}\n`, 0o600);
    await this.#writeAuthority();
    await this.#write();
    this.#original = this.#snapshot();
  }

  /** The CA's files, so that an operator can try the whole way from request to reply. */
  async #writeAuthority(): Promise<void> {
    const own = this.#authority ?? this.#windowsCa?.ca.authority ?? null;
    const chain = own === null ? [] : [own.root.certificate, own.intermediate.certificate];
    await writeCertificates(join(this.folder, 'authority', 'chain.pem'), chain);
    for (const name of ['root', 'intermediate'] as const) {
      const file = join(this.folder, 'authority', name);
      await writeCertificates(`${file}.pem`, own === null ? [] : [own[name].certificate]);
      if (own === null) continue;
      await writeWhole(
        `${file}.key`,
        own[name].key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        0o600,
      );
    }
  }

  async #write(): Promise<void> {
    for (const client of this.clients) await client.write(this.folder);
    await writeWhole(this.inventoryFile, this.inventory);
  }

  #snapshot(): Snapshot {
    return {
      release: this.release,
      machines: this.machines.map((machine) => machine.remember()),
      clients: this.clients.map(({ anchors, accepted }) => ({ anchors, accepted })),
      caManners: this.#windowsCa?.ca.manners ?? null,
    };
  }

  async #restore(snapshot: Snapshot): Promise<void> {
    this.release = snapshot.release;
    for (const [at, client] of this.clients.entries()) Object.assign(client, snapshot.clients[at]);
    await Promise.all(snapshot.machines.map((bringBack) => bringBack()));
    if (snapshot.caManners !== null) this.#windowsCa?.reset(snapshot.caManners);
    this.#applications.reset();
    this.#broken = [];
    this.#beforeBreaking = null;
    await this.#write();
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** SSH goes down with the machine, and comes back where it was, with the same host key. */
  async #setSsh(id: MachineId, state: 'off' | 'on'): Promise<void> {
    const cli = this.#cli.get(id);
    await (state === 'off' ? cli?.stop() : cli?.start(this.ssh(id).place));
  }

  /** A trust certificate uploaded on one node appears on the others a moment later, where nodes do that. */
  #replicate(from: VosMachine, store: string, certificate: X509Certificate): void {
    const replicas = replicasOf(from, store);
    if (replicas.length === 0) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      for (const machine of replicas) machine.receiveTrust(store, certificate);
    }, from.manners.restartMilliseconds);
    this.#timers.add(timer);
  }
}
