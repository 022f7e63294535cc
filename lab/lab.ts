import type { X509Certificate } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { MachineId } from '#model/names.ts';
import type { Chats } from './applications/ccp/chats.ts';
import type { ContactCentre } from './applications/contact-centre.ts';
import type { Applications } from './applications/index.ts';
import type { Authority, Wanted } from './authority.ts';
import { build, type Built, type LabOptions } from './build.ts';
import { ClientPc } from './clients.ts';
import { CommandLines } from './command-lines.ts';
import { mustBeDown } from './control.ts';
import { labDeployments, type LabDeployment } from './deployments.ts';
import { digestOf, type LabDigest } from './digest.ts';
import { LabFolder } from './folder.ts';
import { History, type WayBack } from './history.ts';
import { identityOf, installOnVos, installOnWindows, type CertificateChanges } from './installing.ts';
import { inventoryOf } from './inventory.ts';
import { statusOf, type LabStatus } from './status.ts';
import { replyTo } from './request.ts';
import type { LabMachine } from './machines/machine.ts';
import type { Administrator } from './machines/sign-in.ts';
import { VosMachine, type TomcatIdentity } from './machines/vos/machine.ts';
import { Replication } from './machines/vos/replication.ts';
import { windowsCaBeside } from './machines/windows-ca/build.ts';
import type { WindowsCa } from './machines/windows-ca/machine.ts';
import type { WindowsMachine } from './machines/windows/machine.ts';
import { machineIn, vosIn, windowsIn } from './machines.ts';
import { mustSuit, orRefuse, withoutAuthority, withoutWindowsCa, type Need } from './need.ts';
import { defaultNetwork, listenFailure, networkPrefix } from './network.ts';
import { Peers, type KnownTo } from './peers.ts';
import { Surroundings } from './surroundings/index.ts';
import type { ScriptTarget } from './surroundings/script-target.ts';
import type { NameServer } from './surroundings/name-server.ts';
import type { RevocationList } from './surroundings/revocation-list.ts';
import type { World } from './world.ts';

/** A change to the lab that makes it show faults. */
export interface Change extends Need {
  readonly change: (lab: Lab) => void | Promise<void>;
}

/** A contact centre in a box: machines on loop-back, the PCs that look at them, and the ways to break both. */
export class Lab implements World {
  readonly deployment: LabDeployment;
  readonly network: string;
  readonly startedAt: Date;
  readonly now: () => Date;
  readonly machines: readonly LabMachine[];
  readonly clients: readonly ClientPc[] = [new ClientPc('pc-managed')];
  readonly administrator: Administrator;
  readonly centre: ContactCentre;
  readonly chats: Chats;
  release: string;
  readonly isMapped: boolean;
  readonly #applications: Applications;
  readonly #authority: Authority | null;
  readonly #folder: LabFolder;
  readonly #history = new History(() => this.#remember());
  readonly #peers: Peers;
  readonly #commandLines: CommandLines;
  readonly #replication: Replication;
  readonly #surroundings: Surroundings;
  #windowsCa: WindowsCa | null = null;

  private constructor(options: LabOptions, made: Built) {
    this.deployment = options.deployment ?? 'UCCX';
    this.network = options.network ?? defaultNetwork;
    this.#folder = new LabFolder(options.state);
    this.now = options.now ?? (() => new Date());
    this.startedAt = this.now();
    this.release = labDeployments[this.deployment].release;
    this.#authority = made.authority;
    this.centre = made.centre;
    this.chats = made.chats;
    this.#applications = made.applications;
    this.isMapped = made.places !== null;
    this.machines = made.machines;
    this.#surroundings = new Surroundings({
      machines: this.machines,
      authority: this.#authority,
      now: this.now,
      prefix: this.isMapped ? null : networkPrefix(this.network),
    });
    this.#peers = new Peers(this.machines, this.clients);
    this.administrator = made.administrator;
    this.#commandLines = new CommandLines(made);
    const onVos = this.machines.filter((machine) => machine instanceof VosMachine);
    this.#replication = new Replication(onVos);
    for (const machine of onVos) {
      machine.onPower = (state) => this.#commandLines.follow(machine.id, state);
      machine.lookUp = (name) => this.#surroundings.names.addressOf(name);
    }
  }

  /** Builds the lab and starts it; resolves when every port answers. */
  static async start(options: LabOptions): Promise<Lab> {
    networkPrefix(options.network ?? defaultNetwork);
    await mustBeDown(options.state);
    await new LabFolder(options.state).make();
    const lab = new Lab(options, await build(options));
    if (options.windowsCa !== undefined) lab.#windowsCa = await windowsCaBeside(lab, options.windowsCa);
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

  get authority(): Authority {
    return orRefuse(this.#authority, withoutAuthority);
  }

  get windowsCa(): WindowsCa {
    return orRefuse(this.#windowsCa, withoutWindowsCa);
  }

  /** Its name server. */
  get names(): NameServer {
    return this.#surroundings.names;
  }

  /** What the CA of a signed lab has revoked. */
  get revocations(): RevocationList {
    return orRefuse(this.#surroundings.revocations, withoutAuthority);
  }

  get scriptTarget(): ScriptTarget {
    return this.#surroundings.scriptTarget;
  }

  get secured(): readonly string[] {
    return this.#surroundings.secured;
  }

  /** Sets TLS up for a link that has it only where somebody does; what its ends trust stays as it is. */
  secure(relation: string): void {
    this.#surroundings.secured = [...this.secured, relation];
  }

  /** Leaves a file in the folder `files` of the lab, for an operator to look at before he uploads it. */
  leave(name: string, content: string | Uint8Array): void {
    this.#surroundings.files = new Map([...this.#surroundings.files, [name, Buffer.from(content)]]);
  }

  get hasWindowsCa(): boolean {
    return this.#windowsCa !== null;
  }

  get folder(): string {
    return this.#folder.path;
  }

  get inventoryFile(): string {
    return this.#folder.inventoryFile;
  }

  get rootFile(): string {
    return this.#folder.rootFile;
  }

  get broken(): readonly string[] {
    return this.#history.broken;
  }

  /** A machine by its id, or the first of a type. */
  machine(idOrType: string): LabMachine {
    return machineIn(this.machines, idOrType);
  }

  /** A machine on the Voice Operating System. */
  vos(idOrType: string): VosMachine {
    return vosIn(this.machines, idOrType);
  }

  /** A Windows machine. */
  windows(idOrType: string): WindowsMachine {
    return windowsIn(this.machines, idOrType);
  }

  ssh(id: MachineId): ReturnType<CommandLines['of']> {
    return this.#commandLines.of(id);
  }

  /** The machines that hold this one's certificate in their trust store, by the relations of the products. */
  relyingPartiesOf(presenter: LabMachine): readonly LabMachine[] {
    return this.#peers.relyingOn(presenter);
  }

  /** A certificate for a machine as this lab issues them, with changes. */
  async issueFor(machine: VosMachine, changes: CertificateChanges = {}): Promise<TomcatIdentity> {
    return identityOf(this, machine, changes);
  }

  /** The CA's reply to a request: the names as asked, the template as usual. */
  async sign(request: string): Promise<X509Certificate> {
    return replyTo(request, this.authority, this.now());
  }

  /** Tells peers and PCs of a certificate that they must know by itself, not by its CA. */
  makeKnown(machine: LabMachine, certificate: X509Certificate, to: KnownTo = 'everyone'): void {
    this.#peers.makeKnown(machine, certificate, to);
  }

  /** Gives a machine another certificate, as if it had been there for long: its ports present it, and who knew it knows it. */
  async install(machineId: string, changes: CertificateChanges, knownTo: KnownTo = 'everyone'): Promise<void> {
    const machine = this.vos(machineId);
    await installOnVos(machine, await this.issueFor(machine, changes), this.#peers, knownTo);
  }

  /** Gives an identity of a Windows machine another certificate, as if it had been there for long. */
  async installOnWindows(
    machineId: string,
    identity: string,
    changes: Partial<Wanted>,
    knownTo: KnownTo = 'everyone',
  ): Promise<void> {
    await installOnWindows(this, this.windows(machineId), identity, changes, this.#peers, knownTo);
  }

  /** Makes the whole deployment of another release: ports open and close accordingly. Who has a release of its own keeps it. */
  async setRelease(release: string): Promise<void> {
    for (const machine of this.machines) if (machine.release === this.release) machine.release = release;
    this.release = release;
    await Promise.all(this.machines.map((machine) => machine.startAll()));
  }

  /** Breaks the lab in one way more. */
  async apply(change: Change): Promise<void> {
    mustSuit(change, this);
    await this.#history.breakBy(change.id, async () => {
      await this.#lookAtClients();
      const { digest, inventory } = this;
      await change.change(this);
      await this.#write();
      return isDeepStrictEqual({ digest, inventory }, { digest: this.digest, inventory: this.inventory })
        ? 'as it was'
        : 'changed';
    });
  }

  /** What brings every machine back to how it is now: its stores, what its ports present, its settings. */
  remember(): WayBack {
    const machines = this.machines.map((machine) => machine.remember());
    return () =>
      this.#history.alone(async () => {
        await Promise.all(machines.map((bringBack) => bringBack()));
      });
  }

  /** Undoes what was broken: everything is as before the first break. */
  async heal(): Promise<void> {
    await this.#history.heal();
  }

  /** Everything is as it was when the lab came up, with the same certificates and keys. */
  async reset(): Promise<void> {
    await this.#history.reset();
  }

  async stop(): Promise<void> {
    this.#replication.stop();
    await Promise.all([
      ...this.machines.map((machine) => machine.stop()),
      this.#commandLines.stop(),
      this.#windowsCa?.stop(),
      this.#surroundings.stop(),
    ]);
    await this.#folder.clear();
  }

  get inventory(): string {
    return inventoryOf(this);
  }

  get status(): LabStatus {
    return statusOf(this);
  }

  get digest(): LabDigest {
    const { release, machines, clients } = this;
    return digestOf({ release, machines, clients, beside: this.#surroundings.digest });
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
      ...this.machines.map(({ id }) => this.#commandLines.start(id)),
      this.#windowsCa?.start(),
      this.#surroundings.start(),
    ]);
    const failed = started.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    await this.#folder.writePasswords(this.administrator.password, this.centre.password);
    await this.#folder.writeAuthority(this.#authority ?? this.#windowsCa?.ca.authority ?? null);
    await this.#write();
    await this.#history.begin();
  }

  async #write(): Promise<void> {
    await this.#folder.write(this.inventory, this.clients, this.#surroundings.files);
  }

  /** A remedy changes the files of PCs without asking the lab. */
  async #lookAtClients(): Promise<void> {
    for (const client of this.clients) await client.read(this.folder);
  }

  async #remember(): Promise<WayBack> {
    await this.#lookAtClients();
    const { release } = this;
    const machines = this.machines.map((machine) => machine.remember());
    const clients = this.clients.map(({ anchors, accepted }) => ({ anchors, accepted }));
    const bringBackBeside = this.#surroundings.remember();
    const caManners = this.#windowsCa?.ca.manners;
    return async () => {
      this.release = release;
      for (const [at, client] of this.clients.entries()) Object.assign(client, clients[at]);
      await Promise.all(machines.map((bringBack) => bringBack()));
      await bringBackBeside();
      if (caManners !== undefined) this.#windowsCa?.reset(caManners);
      this.#applications.reset();
      await this.#write();
    };
  }
}
