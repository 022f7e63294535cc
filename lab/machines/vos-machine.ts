import type { X509Certificate } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { MachineId, MachineType } from '#model/names.ts';
import { closedBecause, listenersOf, productOf } from '#products/index.ts';
import type { Listener } from '#products/product.ts';
import { commonNameOf, daysFrom, issue, newKey, type Identity, type KeyKind } from '../authority.ts';
import { selfSignedCertificate } from '../certificates.ts';
import { namesOf, newRequest, type CertificationRequest } from '../request.ts';
import { sha256, type Holdings, type LabMachine, type ShownIdentity } from './machine.ts';
import { pagesOf } from './pages.ts';
import type { Place } from './listen.ts';
import { closed, TlsPort, type Presentation, type TlsPresentation } from './tls-port.ts';
import { TrustStore, type Imported } from './trust-store.ts';

/** The identity of the unit tomcat as it lies on disk. */
export interface TomcatIdentity extends Identity {
  /** The certificates to send after its own, where they were uploaded as one file; else found in tomcat-trust. */
  readonly sentWith?: readonly X509Certificate[];
}

/** How a release behaves where releases differ. */
export interface Manners {
  /** `set cert regen` warns and asks first: newer releases do, older ones do not. */
  regenerationAsks: boolean;
  /** `set cert regen tomcat` asks about tomcat-client: the CUCM family from 15SU5. */
  tomcatClientAsked: boolean;
  /** `set csr gen` asks whether to write the organisational unit: newer releases do. */
  requestAsksForUnit: boolean;
  /** Trust certificates uploaded on the publisher appear on the subscriber. Cisco's documents contradict each other. */
  trustReplicates: boolean;
  /** How long a service takes to restart. */
  restartMilliseconds: number;
}

export const usualManners: Manners = {
  regenerationAsks: true,
  tomcatClientAsked: false,
  requestAsksForUnit: false,
  trustReplicates: false,
  restartMilliseconds: 150,
};

/** The names must be the same; their order is free. */
function areSameSet(left: readonly string[], right: readonly string[]): boolean {
  return [...new Set(left)].sort().join() === [...new Set(right)].sort().join();
}

/** What became of a certificate that was offered as the identity. */
export type OwnImported = 'stored' | 'no-request' | 'other-key' | 'issuer-unknown' | 'other-names';

/** All that can change about a machine, to come back to. */
export interface MachineSnapshot {
  readonly fqdn: string;
  readonly release: string;
  readonly certificates: 'self-signed' | 'ca-signed';
  readonly isExternal: boolean;
  readonly clockAheadSeconds: number;
  readonly identity: TomcatIdentity;
  readonly request: CertificationRequest | null;
  readonly trust: readonly X509Certificate[];
  readonly stopped: readonly string[];
  readonly presented: ReadonlyMap<number, Presentation>;
}

export interface MachineOptions {
  readonly id: MachineId;
  readonly type: MachineType;
  readonly fqdn: string;
  readonly address: string;
  readonly release: string;
  readonly identity: TomcatIdentity;
  readonly certificates: 'self-signed' | 'ca-signed';
  readonly manners: Manners;
  readonly now: () => Date;
  /** Where a port number is bound. */
  readonly placeOf: (port: number) => Place;
  /** Products that run on the same machine, with ports of their own. */
  readonly beside?: readonly MachineType[];
}

/** A machine on Cisco's Voice Operating System: one identity, one trust store, and services that load both when they start. */
export class VosMachine implements LabMachine {
  readonly id: MachineId;
  readonly type: MachineType;
  readonly address: string;
  readonly manners: Manners;
  readonly now: () => Date;
  readonly trust = new TrustStore();
  fqdn: string;
  release: string;
  /** What the inventory says the certificates are meant to be. */
  certificates: 'self-signed' | 'ca-signed';
  /** Customers reach it from the internet. */
  isExternal = false;
  /** Seconds that its clock is ahead of the lab's. */
  clockAheadSeconds = 0;
  identity: TomcatIdentity;
  /** The request that waits for its reply; a new one replaces it. */
  request: CertificationRequest | null = null;
  /** Called after a trust certificate was uploaded here. */
  onTrustUpload: (certificate: X509Certificate) => void = () => undefined;
  readonly #ports = new Map<number, TlsPort>();
  readonly #stopped = new Set<string>();
  /** Counts what overtakes a restart under way: a restore, or the end. */
  #era = 0;
  readonly #serviceOf = new Map<number, string>();
  readonly #beside: readonly MachineType[];

  constructor(options: MachineOptions) {
    this.id = options.id;
    this.type = options.type;
    this.fqdn = options.fqdn;
    this.address = options.address;
    this.release = options.release;
    this.identity = options.identity;
    this.certificates = options.certificates;
    this.manners = options.manners;
    this.now = options.now;
    this.#beside = options.beside ?? [];
    for (const listener of [this.type, ...this.#beside].flatMap((type) => productOf(type).listeners)) {
      if (this.#ports.has(listener.port)) continue;
      this.#serviceOf.set(listener.port, listener.service);
      const place = options.placeOf(listener.port);
      this.#ports.set(listener.port, new TlsPort(listener.port, place, pagesOf(this, listener)));
    }
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
    return [...new Set(this.#listeners.map((listener) => listener.port))];
  }

  get #listeners(): readonly Listener[] {
    return [this.type, ...this.#beside]
      .flatMap((type) => listenersOf(type, this.release))
      .filter((listener) => listener.presents !== null && closedBecause(listener, this.release) === null);
  }

  /** The services the CLI knows here, with their state. */
  get services(): readonly { readonly name: string; readonly isStarted: boolean }[] {
    const product = productOf(this.type);
    const names = new Set([
      ...product.listeners.map((listener) => listener.service),
      ...[product.afterIdentityChange, product.afterTrustChange].flatMap((recipe) =>
        (recipe?.services ?? []).map(({ service }) => service),
      ),
    ]);
    return [...names].sort().map((name) => ({ name, isStarted: !this.#stopped.has(name) }));
  }

  isStarted(service: string): boolean {
    return !this.#stopped.has(service);
  }

  /** What a service presents when it starts now: what lies on disk. */
  get onDisk(): TlsPresentation {
    const { certificate, key, sentWith } = this.identity;
    return {
      as: 'tls',
      key: key.privateKey,
      certificates: [certificate, ...(sentWith ?? this.#issuersOf(certificate))],
    };
  }

  /** The intermediates above a certificate, from tomcat-trust; the root is not sent. */
  #issuersOf(certificate: X509Certificate): X509Certificate[] {
    const path: X509Certificate[] = [];
    for (let at = certificate; at.issuer !== at.subject;) {
      const issuer = this.trust.certificates.find(
        (candidate) => candidate.subject === at.issuer && at.verify(candidate.publicKey),
      );
      if (issuer === undefined || issuer.issuer === issuer.subject) break;
      path.push(issuer);
      at = issuer;
    }
    return path;
  }

  /** Starts every service at once with what is on disk, without the pause of a restart. */
  async startAll(): Promise<void> {
    this.#stopped.clear();
    await this.#load(() => true);
  }

  /** Makes one service take up what is on disk, without the pause of a restart. */
  async load(services: Iterable<string>): Promise<void> {
    const wanted = new Set(services);
    for (const service of wanted) this.#stopped.delete(service);
    await this.#load((service) => wanted.has(service));
  }

  async #load(concerns: (service: string) => boolean): Promise<void> {
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

  /** A new self-signed certificate for tomcat. The ports keep what they loaded until their service restarts. */
  async regenerate(key: KeyKind = { rsa: 2048 }): Promise<void> {
    const notBefore = daysFrom(this.now(), 0);
    this.identity = await issue(selfSignedCertificate(this, this.now(), { key: await newKey(key), notBefore }));
  }

  /** Uploads a certificate to tomcat-trust. */
  importTrust(certificate: X509Certificate): Imported {
    const imported = this.trust.import(certificate, this.now());
    if (imported === 'stored') this.onTrustUpload(certificate);
    return imported;
  }

  /** A new key and a request for it, naming the domain and the machine. */
  async newRequest(): Promise<void> {
    this.request = await newRequest(this.fqdn, [this.fqdn.slice(this.fqdn.indexOf('.') + 1), this.fqdn]);
  }

  /** Uploads the reply to the request. */
  importOwn(certificate: X509Certificate): OwnImported {
    if (this.request === null) return 'no-request';
    if (!certificate.checkPrivateKey(this.request.key.privateKey)) return 'other-key';
    const issuer = this.trust.certificates.find((candidate) => certificate.checkIssued(candidate));
    if (issuer === undefined) return 'issuer-unknown';
    if (!areSameSet(namesOf(certificate), this.request.names)) return 'other-names';
    this.identity = { certificate, key: this.request.key };
    this.request = null;
    return 'stored';
  }

  /** Whether the identity is issued by itself. */
  get isSelfSigned(): boolean {
    const { certificate } = this.identity;
    return certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey);
  }

  get commonName(): string {
    return commonNameOf(this.identity.certificate);
  }

  get identities(): readonly ShownIdentity[] {
    return [{ name: 'tomcat', certificate: this.identity.certificate, ports: this.openPorts }];
  }

  get holdings(): Holdings {
    return {
      tomcat: sha256(this.identity.certificate),
      request: this.request?.pem ?? null,
      'tomcat-trust': Object.fromEntries(this.trust.entries.map(([file, certificate]) => [file, sha256(certificate)])),
    };
  }

  trustAuthorities(authorities: readonly X509Certificate[]): void {
    this.trust.replaceAll(authorities);
  }

  hold(_store: string, certificate: X509Certificate): void {
    this.trust.put(certificate);
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
      identity: this.identity,
      request: this.request,
      trust: this.trust.certificates,
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
    this.identity = snapshot.identity;
    this.request = snapshot.request;
    this.trust.replaceAll(snapshot.trust);
    this.#stopped.clear();
    for (const service of snapshot.stopped) this.#stopped.add(service);
    await Promise.all(this.ports.map((port) => port.present(snapshot.presented.get(port.number) ?? closed)));
  }

  /** Closes every port. */
  async stop(): Promise<void> {
    this.#era += 1;
    await Promise.all(this.ports.map((port) => port.present(closed)));
  }
}
