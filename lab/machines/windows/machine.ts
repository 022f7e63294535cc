import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { MachineId, MachineType } from '#model/names.ts';
import { closedBecause, listenersOf, productOf } from '#products/index.ts';
import type { Listener } from '#products/product.ts';
import type { Application } from '../../applications/application.ts';
import type { Authority } from '../../authority.ts';
import type { Place } from '../listen.ts';
import { sha256, type Holdings, type LabMachine, type ShownIdentity } from '../machine.ts';
import { closed, TlsPort, type Presentation } from '../tls-port.ts';
import { CertificateStore, storeNames } from './certificate-store.ts';
import { FileSystem } from './file-system.ts';
import type { FirstIdentity } from './first-identities.ts';
import { HttpBindings, type HttpBinding } from './http-bindings.ts';
import * as installation from './installation.ts';
import { KeyStoreFile } from './key-store-file.ts';
import { Registry } from './registry.ts';
import { namesOfService, type ServiceNames } from './services.ts';

export interface WindowsOptions {
  readonly id: MachineId;
  readonly type: MachineType;
  readonly fqdn: string;
  readonly address: string;
  readonly release: string;
  readonly certificates: 'self-signed' | 'ca-signed';
  /** The folder that is its drive. */
  readonly folder: string;
  readonly restartMilliseconds: number;
  readonly now: () => Date;
  /** The enterprise CA that `certreq -submit` asks. */
  readonly authority: Authority | null;
  /** Where a port number is bound. */
  readonly placeOf: (port: number) => Place;
  /** What answers behind the TLS of a port. */
  readonly applicationAt: (machine: WindowsMachine, listener: Listener) => Application;
}

export const portico = {
  identity: 'Diagnostic Framework',
  port: 7890,
  friendlyName: 'Cisco ICM Diagnostic Framework service certificate',
} as const;
const iisService = 'World Wide Web Publishing Service';

/** A Windows machine of CCE, CVP or ECE: key store files, the certificate stores of the system, and the bindings of its HTTP service. */
export class WindowsMachine implements LabMachine {
  readonly id: MachineId;
  readonly type: MachineType;
  readonly address: string;
  readonly now: () => Date;
  readonly authority: Authority | null;
  readonly files: FileSystem;
  readonly certificateStore = new CertificateStore();
  readonly bindings = new HttpBindings();
  readonly registry = new Registry();
  /** Ports that an administrator switched on, of those that are closed as installed. */
  readonly switchedOn = new Set<number>();
  /** What its SSH server runs commands in: DefaultShell of OpenSSH, cmd as installed. */
  shell: 'cmd' | 'powershell' = 'cmd';
  /** Called at the end of every program, with its name and arguments, before its output is whole. */
  onCommand: (line: string) => void = () => undefined;
  /** Of every key store of CVP. */
  readonly keyStorePassword = randomBytes(12).toString('base64url');
  /** That of its cacerts, which some change from what everybody knows. */
  trustPassword = installation.trustPassword;
  fqdn: string;
  release: string;
  certificates: 'self-signed' | 'ca-signed';
  isExternal = false;
  /** Whether the default web site has https: without it nothing listens on 443, whatever is bound. */
  hasHttpsSite = true;
  /** How the Operations Console has it, where the inventory says so. */
  oampName: string | null = null;
  clockAheadSeconds = 0;
  readonly #restartMilliseconds: number;
  readonly #ports = new Map<number, TlsPort>();
  readonly #stopped = new Set<string>();
  /** Counts what overtakes a restart under way: a restore, or the end. */
  #era = 0;

  constructor(options: WindowsOptions) {
    this.id = options.id;
    this.type = options.type;
    this.fqdn = options.fqdn;
    this.address = options.address;
    this.release = options.release;
    this.certificates = options.certificates;
    this.now = options.now;
    this.authority = options.authority;
    this.files = new FileSystem(options.folder);
    this.#restartMilliseconds = options.restartMilliseconds;
    for (const listener of productOf(this.type).listeners) {
      const place = options.placeOf(listener.port);
      this.#ports.set(listener.port, new TlsPort(listener.port, place, options.applicationAt(this, listener)));
    }
  }

  /** No application of these machines opens a link in the lab. */
  readonly trusted: readonly X509Certificate[] = [];

  get environment(): Readonly<Record<string, string>> {
    return installation.environmentOf(this.type, this.fqdn.split('.')[0] ?? this.id);
  }

  get ports(): readonly TlsPort[] {
    return [...this.#ports.values()];
  }

  port(number: number): TlsPort {
    const port = this.#ports.get(number);
    if (port === undefined) throw new RangeError(`${this.id} has no port ${number}`);
    return port;
  }

  get #listeners(): readonly Listener[] {
    return listenersOf(this.type, this.release).filter(
      (listener) => closedBecause(listener, this.release) === null || this.switchedOn.has(listener.port),
    );
  }

  get openPorts(): readonly number[] {
    return this.#listeners.map(({ port }) => port);
  }

  get services(): readonly { readonly name: string; readonly isStarted: boolean }[] {
    const product = productOf(this.type);
    const names = new Set([
      ...product.listeners.map(({ service }) => service),
      ...[
        product.afterIdentityChange,
        product.afterTrustChange,
        ...Object.values(product.afterTrustChangeIn ?? {}),
      ].flatMap((recipe) => (recipe?.services ?? []).map(({ service }) => service)),
    ]);
    return [...names].sort().map((name) => ({ name, isStarted: !this.#stopped.has(name) }));
  }

  /** The service that a command names, by either of its names. */
  service(name: string): ServiceNames | undefined {
    const wanted = name.toLowerCase();
    return this.services
      .map((each) => namesOfService(each.name))
      .find((names) => [names.service, names.key, names.display].some((each) => each.toLowerCase() === wanted));
  }

  isStarted(service: string): boolean {
    return !this.#stopped.has(service);
  }

  get identities(): readonly ShownIdentity[] {
    // Those of closed ports too: peers hold the certificate before a link is secured.
    const listeners = listenersOf(this.type, this.release);
    const names = new Set(listeners.flatMap(({ presents }) => presents ?? []));
    return [...names].flatMap((name) => {
      const ports = listeners.filter(({ presents }) => presents === name).map(({ port }) => port);
      const shown = this.#presentationOf(name, ports[0] ?? 0);
      const certificate = shown.as === 'tls' ? shown.certificates[0] : undefined;
      return certificate === undefined ? [] : [{ name, certificate, ports }];
    });
  }

  /** What a port shows when its service starts now. */
  #presentationOf(identity: string, port: number): Presentation {
    const keptIn = productOf(this.type).stores.find((store) => store.identity === identity)?.keptIn;
    switch (keptIn?.by) {
      case 'java-key-store': {
        const store = this.keyStore(installation.keyStorePath);
        // The services open JCEKS and nothing else (Configure CA-Signed Certificates, "-storetype JCEKS" throughout).
        const kept = store?.format === 'JCEKS' ? store.identity(identity) : null;
        return kept === null ? closed : { as: 'tls', certificates: kept.chain, key: kept.key };
      }
      case 'windows-store':
        return this.#bound(port);
      case 'pem-files':
        return this.#hostPem();
      default:
        return closed;
    }
  }

  #bound(port: number): Presentation {
    if (port === 443 && !this.hasHttpsSite) return closed;
    const binding = this.bindings.at(port);
    const store = storeNames.find((name) => name.toLowerCase() === binding?.store.toLowerCase());
    const item = binding && store && this.certificateStore.find(store, binding.hash);
    if (!item?.key) return closed;
    const { certificate, key } = item;
    return { as: 'tls', certificates: [certificate, ...this.certificateStore.issuersOf(certificate)], key };
  }

  #hostPem(): Presentation {
    try {
      const certificate = new X509Certificate(this.files.read(installation.hostCertificate));
      return { as: 'tls', certificates: [certificate], key: createPrivateKey(this.files.read(installation.hostKey)) };
    } catch {
      return closed;
    }
  }

  /** A key store of the drive; null where there is none, or its password is another. */
  keyStore(path: string): KeyStoreFile | null {
    const password = path === installation.keyStorePath ? this.keyStorePassword : this.trustPassword;
    return this.files.exists(path) ? KeyStoreFile.read(this.files.read(path), password) : null;
  }

  /** Changes a key store file, where it is there. */
  changeKeyStore(path: string, change: (store: KeyStoreFile) => void): void {
    this.replaceKeyStore(path, (store) => {
      change(store);
      return store;
    });
  }

  /** Writes another key store in the place of one, where it is there. */
  replaceKeyStore(path: string, by: (store: KeyStoreFile) => KeyStoreFile): void {
    const store = this.keyStore(path);
    if (store !== null) this.files.write(path, by(store).bytes());
  }

  /** Gives an alias of the key store another key and certificate. Ports show it when their service starts. */
  keep(alias: string, { chain, key }: FirstIdentity): void {
    const identity = { chain, key: key.privateKey };
    this.changeKeyStore(installation.keyStorePath, (store) => store.keep(alias, identity, this.now()));
  }

  /** Deletes an alias from a key store, as keytool does it. */
  forget(path: string, alias: string): void {
    this.changeKeyStore(path, (store) => store.delete(alias));
  }

  trustAuthorities(authorities: readonly X509Certificate[]): void {
    for (const certificate of authorities) {
      const isRoot = certificate.issuer === certificate.subject;
      this.certificateStore.put(isRoot ? 'Root' : 'CA', certificate);
      for (const path of this.#trustFiles)
        this.changeKeyStore(path, (store) => store.trust(isRoot ? 'root' : 'intermediate_ca', certificate, this.now()));
    }
  }

  hold(store: string, certificate: X509Certificate, alias: string): void {
    // Each certificate of a machine has an alias of its own; Portico's must not be that of IIS.
    const name = alias
      .replace(portico.identity, 'portico')
      .replace(/_certificate$/, '')
      .replace(/_IIS$/, '_iis');
    const files = this.#filesOf(store);
    for (const path of files) this.changeKeyStore(path, (file) => file.trust(name, certificate, this.now()));
    if (files.length === 0) this.certificateStore.put('Root', certificate);
  }

  drop(store: string, certificate: X509Certificate): void {
    for (const path of this.#filesOf(store)) {
      this.changeKeyStore(path, (file) => {
        for (const entry of file.entries) {
          if ('certificate' in entry && sha256(entry.certificate) === sha256(certificate)) file.delete(entry.alias);
        }
      });
    }
  }

  /** The key store files that go by the name of a trust store. */
  #filesOf(store: string): readonly string[] {
    return this.#trustFiles.filter((path) => path.toLowerCase().endsWith(`\\${store.toLowerCase()}`));
  }

  get #trustFiles(): readonly string[] {
    return [
      ...installation.trustFilesOf(this.type, this.release),
      ...(this.files.exists(installation.keyStorePath) ? [installation.keyStorePath] : []),
    ];
  }

  get holdings(): Holdings {
    const files = this.#trustFiles.map((path) => ({ path, store: this.keyStore(path) }));
    return {
      files: Object.fromEntries(files.map(({ path, store }) => [path, store?.held ?? {}])),
      formats: Object.fromEntries(files.map(({ path, store }) => [path, store?.format ?? 'none'])),
      stores: Object.fromEntries(
        storeNames.map((name) => [
          name,
          this.certificateStore.items(name).map(({ certificate }) => sha256(certificate)),
        ]),
      ),
      bindings: {
        ...Object.fromEntries(this.bindings.all.map(({ port, hash }) => [port, hash])),
        ...(this.hasHttpsSite ? {} : { 'default web site': 'http alone' }),
      },
    };
  }

  async startAll(): Promise<void> {
    this.#stopped.clear();
    await this.#load(() => true);
  }

  async load(services: Iterable<string>): Promise<void> {
    const wanted = new Set(services);
    for (const service of wanted) this.#stopped.delete(service);
    await this.#load((service) => wanted.has(service));
  }

  async #load(concerns: (service: string) => boolean): Promise<void> {
    const open = new Set(this.openPorts);
    const listeners = productOf(this.type).listeners.filter(({ service }) => concerns(service));
    await Promise.all(
      listeners.map(({ port, presents }) =>
        this.port(port).present(open.has(port) && presents !== null ? this.#presentationOf(presents, port) : closed),
      ),
    );
  }

  async stopService(service: string): Promise<void> {
    this.#stopped.add(service);
    const concerned = productOf(this.type).listeners.filter((listener) => listener.service === service);
    await Promise.all(concerned.map(({ port }) => this.port(port).present(closed)));
  }

  async restartService(service: string): Promise<void> {
    const era = this.#era;
    await this.stopService(service);
    await pause(this.#restartMilliseconds);
    if (era === this.#era) await this.load([service]);
  }

  /** Binds a certificate to a port. IIS shows it at once; Portico asks for a restart of its service. */
  async bind(binding: HttpBinding): Promise<void> {
    this.bindings.bind(binding);
    if (binding.port !== portico.port) await this.#showBound(binding.port);
  }

  /** Takes the certificate off a port: nothing is presented there from now on. */
  async unbind(port: number): Promise<boolean> {
    const wasBound = this.bindings.unbind(port);
    if (wasBound) await this.#showBound(port);
    return wasBound;
  }

  /** Gives the default web site https on 443, or takes it away. */
  async setHttpsSite(isThere: boolean): Promise<void> {
    this.hasHttpsSite = isThere;
    await this.#showBound(443);
  }

  async #showBound(port: number): Promise<void> {
    const listener = this.#listeners.find((each) => each.port === port);
    if (listener === undefined || !this.isStarted(listener.service)) return;
    if (listener.service === iisService || this.bindings.at(port) === undefined) {
      await this.port(port).present(this.#bound(port));
    }
  }

  remember(): () => Promise<void> {
    const { fqdn, release, certificates, isExternal, hasHttpsSite, oampName, clockAheadSeconds, shell } = this;
    const files = this.files.snapshot();
    const stores = this.certificateStore.snapshot();
    const { pendingKeys } = this.certificateStore;
    const bindings = this.bindings.all;
    const registry = this.registry.snapshot();
    const stopped = [...this.#stopped];
    const switchedOn = [...this.switchedOn];
    const presented = this.ports.map((port) => port.presents);
    return async () => {
      this.#era += 1;
      Object.assign(this, {
        ...{ fqdn, release, certificates, isExternal },
        ...{ hasHttpsSite, oampName, clockAheadSeconds, shell },
      });
      this.files.restore(files);
      this.certificateStore.restore(stores);
      this.certificateStore.pendingKeys = pendingKeys;
      this.bindings.replaceAll(bindings);
      this.registry.restore(registry);
      this.#stopped.clear();
      for (const service of stopped) this.#stopped.add(service);
      this.switchedOn.clear();
      for (const port of switchedOn) this.switchedOn.add(port);
      await Promise.all(this.ports.map((port, at) => port.present(presented[at] ?? closed)));
    };
  }

  async stop(): Promise<void> {
    this.#era += 1;
    await Promise.all(this.ports.map((port) => port.present(closed)));
    this.files.clear();
  }
}
