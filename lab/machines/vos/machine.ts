import type { X509Certificate } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { MachineId, MachineType } from '#model/names.ts';
import { closedBecause, listenersOn, productOf } from '#products/index.ts';
import type { Listener } from '#products/product.ts';
import type { Application } from '../../applications/application.ts';
import type { KeyKind } from '../../authority.ts';
import type { CertificationRequest } from '../../request.ts';
import type { Place } from '../listen.ts';
import { sha256, type Holdings, type LabMachine, type ShownIdentity } from '../machine.ts';
import { closed, TlsPort, type TlsPresentation } from '../tls-port.ts';
import { isSelfSigned, type CertificateUnit, type OwnImported, type UnitIdentity } from './certificate-unit.ts';
import { CertificateUnits } from './certificate-units.ts';
import type { Manners } from './manners.ts';
import { presentationOf } from './presentation.ts';
import { wishOf, type RequestForm } from './request-form.ts';
import { changeNotification, servicesOf } from './services.ts';
import { withAdministration } from './platform-paths.ts';
import { asInstalled, type Settings } from './settings.ts';
import type { MachineSnapshot } from './snapshot.ts';
import { SignIn } from '../sign-in.ts';
import type { Imported, TrustStore } from './trust-store.ts';

export type { UnitIdentity as TomcatIdentity } from './certificate-unit.ts';

export interface MachineOptions {
  readonly id: MachineId;
  readonly type: MachineType;
  readonly fqdn: string;
  readonly address: string;
  readonly release: string;
  readonly identity: UnitIdentity;
  readonly certificates: 'self-signed' | 'ca-signed';
  readonly manners: Manners;
  readonly now: () => Date;
  /** Where a port number is bound. */
  readonly placeOf: (port: number) => Place;
  /** Products that run on the same machine, with ports of their own. */
  readonly beside?: readonly MachineType[];
  /** What answers behind the TLS of a port. */
  readonly applicationAt: (machine: VosMachine, listener: Listener) => Application;
  /** What answers for the platform itself, on 443 and 8443. */
  readonly administration: (machine: VosMachine) => RequestListener;
}

/** A machine on Cisco's Voice Operating System: units and their stores on disk, and services that load them when they start. */
export class VosMachine implements LabMachine {
  readonly id: MachineId;
  readonly type: MachineType;
  readonly address: string;
  readonly manners: Manners;
  readonly now: () => Date;
  readonly units: CertificateUnits;
  fqdn: string;
  release: string;
  /** What the inventory says the certificates are meant to be. */
  certificates: 'self-signed' | 'ca-signed';
  /** Customers reach it from the internet. */
  isExternal = false;
  /** Seconds that its clock is ahead of the lab's. */
  clockAheadSeconds = 0;
  settings: Settings = asInstalled;
  /** Nobody may sign in until somebody says who. */
  signIn: SignIn = new SignIn({ user: '', password: '' }, () => new Date(0));
  /** Called after a trust certificate was uploaded here. */
  onTrustUpload: (store: string, certificate: X509Certificate) => void = () => undefined;
  /** Called after a command of its command line was carried out, before the prompt comes back. */
  onCommand: (line: string) => void = () => undefined;
  /** Called when the machine goes down for a reboot, and when it is back. */
  onPower: (state: 'off' | 'on') => Promise<void> = () => Promise.resolve();
  /** The address that its name server has for a whole name; null where it has none. */
  lookUp: (name: string) => string | null = () => null;
  /** Itself and the other nodes of its cluster. */
  cluster: () => readonly VosMachine[] = () => [this];
  readonly beside: readonly MachineType[];
  readonly #ports = new Map<number, TlsPort>();
  readonly #stopped = new Set<string>();
  readonly #starts = new Map<string, number>();
  /** Counts what overtakes a restart under way: a restore, or the end. */
  #era = 0;
  #isDown = false;
  readonly #serviceOf = new Map<number, string>();

  constructor(options: MachineOptions) {
    this.id = options.id;
    this.type = options.type;
    this.fqdn = options.fqdn;
    this.address = options.address;
    this.release = options.release;
    this.certificates = options.certificates;
    this.manners = options.manners;
    this.now = options.now;
    this.beside = options.beside ?? [];
    this.units = new CertificateUnits(this, options.identity);
    const administration = options.administration(this);
    for (const listener of [this.type, ...this.beside].flatMap((type) => productOf(type).listeners)) {
      if (this.#ports.has(listener.port)) continue;
      this.#serviceOf.set(listener.port, listener.service);
      const application = options.applicationAt(this, listener);
      const isPlatform = listener.port === 443 || listener.port === 8443;
      const whole = isPlatform ? withAdministration(administration, application) : application;
      this.#ports.set(listener.port, new TlsPort(listener.port, options.placeOf(listener.port), whole));
    }
  }

  /** What its own clock says. */
  get clock(): Date {
    return new Date(this.now().getTime() + this.clockAheadSeconds * 1000);
  }

  /** Every port of the product, open or closed. */
  get ports(): readonly TlsPort[] {
    return [...this.#ports.values()];
  }

  port(number: number): TlsPort {
    const port = this.#ports.get(number);
    if (port === undefined) throw new RangeError(`${this.id} has no port ${number}`);
    return port;
  }

  /** The ports that are open on a healthy machine of this release. */
  get openPorts(): readonly number[] {
    return this.#listeners.map((listener) => listener.port);
  }

  get #listeners(): readonly Listener[] {
    return listenersOn(this).filter(
      (listener) => listener.presents !== null && closedBecause(listener, this.release) === null,
    );
  }

  /** The services the CLI knows here, with their state. */
  get services(): readonly { readonly name: string; readonly isStarted: boolean }[] {
    return servicesOf(this.type).map((name) => ({ name, isStarted: !this.#stopped.has(name) }));
  }

  isStarted(service: string): boolean {
    return !this.#stopped.has(service);
  }

  /** How often a service has started: what it held in memory before is gone. */
  startsOf(service: string): number {
    return this.#starts.get(service) ?? 0;
  }

  /** The identity of the unit tomcat. */
  get identity(): UnitIdentity {
    const { held } = this.units.tomcat;
    if (held === null) throw new Error(`${this.id} has no tomcat certificate`);
    return held;
  }

  set identity(identity: UnitIdentity) {
    this.units.tomcat.hold(identity);
  }

  get trust(): TrustStore {
    return this.units.tomcat.trust;
  }

  /** The request of the unit tomcat that waits for its reply. */
  get request(): CertificationRequest | null {
    return this.units.tomcat.request;
  }

  /** What a service presents when it starts now: what lies on disk. */
  get onDisk(): TlsPresentation {
    return presentationOf(this);
  }

  /** Starts every service at once with what is on disk, without the pause of a restart. */
  async startAll(): Promise<void> {
    this.#stopped.clear();
    for (const { name } of this.services) this.#starts.set(name, this.startsOf(name) + 1);
    await this.#load(() => true);
  }

  /** Makes one service take up what is on disk, without the pause of a restart. */
  async load(services: Iterable<string>): Promise<void> {
    const wanted = new Set(services);
    for (const service of wanted) {
      this.#stopped.delete(service);
      this.#starts.set(service, this.startsOf(service) + 1);
    }
    await this.#load((service) => wanted.has(service));
  }

  async #load(concerns: (service: string) => boolean): Promise<void> {
    const isEcdsaWanted = this.settings.certificateType !== 'rsa';
    if (isEcdsaWanted) await this.units.get('tomcat-ECDSA')?.identity();
    const present = this.onDisk;
    const open = new Set(this.openPorts);
    await Promise.all(
      this.ports
        .filter((port) => concerns(this.#serviceOf.get(port.number) ?? ''))
        .map((port) => port.present(open.has(port.number) ? present : closed)),
    );
  }

  /** Stops a service: its ports close. */
  async stopService(service: string): Promise<void> {
    this.#stopped.add(service);
    const concerned = this.ports.filter((port) => this.#serviceOf.get(port.number) === service);
    await Promise.all(concerned.map((port) => port.present(closed)));
  }

  /** Restarts a service as the CLI does: its ports are closed for a while, then present what is on disk. */
  async restartService(service: string): Promise<void> {
    const era = this.#era;
    await this.stopService(service);
    await pause(this.manners.restartMilliseconds);
    if (era === this.#era) await this.load([service]);
  }

  /** Restarts the machine: every port is gone for a while, SSH too; then all services start with what is on disk. */
  async reboot(): Promise<void> {
    this.#era += 1;
    const era = this.#era;
    this.#isDown = true;
    await Promise.all([this.onPower('off'), ...this.ports.map((port) => port.present(closed))]);
    await pause(this.manners.rebootMilliseconds);
    if (era !== this.#era) return;
    await this.startAll();
    await this.#comeBack();
  }

  async #comeBack(): Promise<void> {
    if (!this.#isDown) return;
    this.#isDown = false;
    await this.onPower('on');
  }

  /** A new self-signed certificate. The ports keep what they loaded until their service restarts. */
  async regenerate(key: KeyKind = { rsa: 2048 }): Promise<void> {
    await this.units.tomcat.regenerate(key);
  }

  /** Uploads a certificate to a trust store. */
  importTrust(certificate: X509Certificate, store = 'tomcat-trust'): Imported {
    const held = this.units.store(store);
    if (held === undefined) throw new RangeError(`${this.id} has no store ${store}`);
    const imported = held.import(certificate, this.now());
    if (imported === 'stored') this.onTrustUpload(store, certificate);
    return imported;
  }

  /** Takes over what was uploaded on another node, where the service that writes it to disk runs. */
  receiveTrust(store: string, certificate: X509Certificate): void {
    if (this.isStarted(changeNotification)) this.units.store(store)?.import(certificate, this.now());
  }

  /** A new key and a request for it; as the CLI makes it, unless the form of OS Administration says otherwise. */
  async newRequest(unit: CertificateUnit = this.units.tomcat, form: RequestForm = {}): Promise<CertificationRequest> {
    return unit.newRequest(wishOf(this, unit, form));
  }

  /** Uploads the reply to a request. One certificate for several servers reaches them all. */
  importOwn(certificate: X509Certificate, unit: CertificateUnit = this.units.tomcat): OwnImported {
    const isShared = unit.request?.isShared === true;
    const imported = unit.importOwn(certificate, this.now());
    if (imported !== 'stored' || !isShared) return imported;
    for (const node of this.cluster()) if (node !== this) node.units.get(unit.name)?.hold(unit.held);
    return imported;
  }

  /** What its Java clients trust: its trust store, and its own certificate. */
  get trusted(): readonly X509Certificate[] {
    return [...this.trust.certificates, this.identity.certificate];
  }

  /** Whether the tomcat certificate is issued by itself. */
  get isSelfSigned(): boolean {
    return isSelfSigned(this.identity.certificate);
  }

  get identities(): readonly ShownIdentity[] {
    return [{ name: 'tomcat', certificate: this.identity.certificate, ports: this.openPorts }];
  }

  get holdings(): Holdings {
    return {
      tomcat: sha256(this.identity.certificate),
      request: this.request?.pem ?? null,
      'tomcat-trust': Object.fromEntries(this.trust.entries.map(([file, certificate]) => [file, sha256(certificate)])),
      settings: this.settings,
    };
  }

  trustAuthorities(authorities: readonly X509Certificate[]): void {
    this.trust.replaceAll(authorities);
  }

  hold(store: string, certificate: X509Certificate): void {
    this.units.store(store)?.put(certificate);
  }

  drop(store: string, certificate: X509Certificate): void {
    const held = this.units.store(store);
    for (const [file, entry] of held?.entries ?? []) {
      if (entry.fingerprint256 === certificate.fingerprint256) held?.delete(file);
    }
  }

  remember(): () => Promise<void> {
    const snapshot = this.snapshot();
    return () => this.restore(snapshot);
  }

  snapshot(): MachineSnapshot {
    return {
      fqdn: this.fqdn,
      release: this.release,
      certificates: this.certificates,
      isExternal: this.isExternal,
      clockAheadSeconds: this.clockAheadSeconds,
      settings: this.settings,
      units: this.units.snapshot(),
      stopped: [...this.#stopped],
      presented: new Map(this.ports.map((port) => [port.number, port.presents])),
    };
  }

  async restore(snapshot: MachineSnapshot): Promise<void> {
    this.#era += 1;
    this.fqdn = snapshot.fqdn;
    this.release = snapshot.release;
    this.certificates = snapshot.certificates;
    this.isExternal = snapshot.isExternal;
    this.clockAheadSeconds = snapshot.clockAheadSeconds;
    this.settings = snapshot.settings;
    this.units.restore(snapshot.units);
    this.signIn.unlock();
    this.#stopped.clear();
    for (const service of snapshot.stopped) this.#stopped.add(service);
    await Promise.all(this.ports.map((port) => port.present(snapshot.presented.get(port.number) ?? closed)));
    await this.#comeBack();
  }

  /** Closes every port. */
  async stop(): Promise<void> {
    this.#era += 1;
    await Promise.all(this.ports.map((port) => port.present(closed)));
  }
}
