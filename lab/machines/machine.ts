import { createHash, type X509Certificate } from 'node:crypto';
import type { Host } from '../applications/application.ts';
import type { Place } from './listen.ts';
import type { TlsPort } from './tls-port.ts';

/** One certificate that a machine shows, and where. */
export interface ShownIdentity {
  /** What the product calls it: `tomcat`, `wsm_certificate`, `IIS`. */
  readonly name: string;
  readonly certificate: X509Certificate;
  readonly ports: readonly number[];
}

/** What a machine keeps, for the digest of the lab: certificates as SHA-256 of their DER. Only what its platform has is there. */
export interface Holdings {
  readonly tomcat?: string;
  readonly request?: string | null;
  readonly 'tomcat-trust'?: Readonly<Record<string, string>>;
  /** What is set on a VOS machine. */
  readonly settings?: object;
  /** Key store files of a Windows machine: path, alias, certificate or chain; and a word where the key has a password of its own. */
  readonly files?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  /** The formats of those files: JKS, JCEKS. */
  readonly formats?: Readonly<Record<string, string>>;
  /** The certificate stores of Windows. */
  readonly stores?: Readonly<Record<string, readonly string[]>>;
  /** Port to thumbprint, in the HTTP service of Windows. */
  readonly bindings?: Readonly<Record<string, string>>;
}

/** A machine of the lab, whatever it runs on. */
export interface LabMachine extends Host {
  readonly address: string;
  readonly now: () => Date;
  fqdn: string;
  release: string;
  /** What the inventory says the certificates are meant to be. */
  certificates: 'self-signed' | 'ca-signed';
  /** Customers reach it from the internet. */
  isExternal: boolean;
  /** Seconds that its clock is ahead of the lab's. */
  clockAheadSeconds: number;
  /** Every port it may have, open or closed. */
  readonly ports: readonly TlsPort[];
  /** The ports that are open on a healthy machine of this release. */
  readonly openPorts: readonly number[];
  readonly services: readonly { readonly name: string; readonly isStarted: boolean }[];
  /** What lies on disk now, to be shown after the next start. */
  readonly identities: readonly ShownIdentity[];
  readonly holdings: Holdings;
  port(number: number): TlsPort;
  /** Makes a trust store hold the authorities, so that whatever they signed is trusted. */
  trustAuthorities(authorities: readonly X509Certificate[]): void;
  /** Puts a peer's certificate into a trust store, as if it had been imported long ago. `alias` names it where stores have names. */
  hold(store: string, certificate: X509Certificate, alias: string): void;
  /** Takes a certificate out of a trust store, under whatever name it is there. */
  drop(store: string, certificate: X509Certificate): void;
  /** Starts every service at once with what is on disk, without the pause of a restart. */
  startAll(): Promise<void>;
  /** Makes some services take up what is on disk, without the pause of a restart. */
  load(services: Iterable<string>): Promise<void>;
  stopService(service: string): Promise<void>;
  restartService(service: string): Promise<void>;
  /** Remembers all that can change; what is returned brings it back. */
  remember(): () => Promise<void>;
  /** Closes every port. */
  stop(): Promise<void>;
}

/** The SSH server in front of a machine. */
export interface CommandLine {
  readonly hostKey: { readonly fingerprint: string };
  start(place: Place): Promise<void>;
  stop(): Promise<void>;
}

export function sha256(certificate: X509Certificate): string {
  return createHash('sha256').update(certificate.raw).digest('hex');
}
