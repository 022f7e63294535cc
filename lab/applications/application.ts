import type { X509Certificate } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import type { Duplex } from 'node:stream';
import type { MachineId, MachineType } from '#model/names.ts';
import type { Place } from '../machines/listen.ts';
import type { Chats } from './ccp/chats.ts';
import type { ContactCentre } from './contact-centre.ts';

/** A request, as far as its headers tell who sent it. */
export interface Asked {
  header(name: string): string | undefined;
}

/** What answers behind the TLS of one port. */
export type Application =
  | {
      readonly speaks: 'http';
      readonly answer: RequestListener;
      /** Takes over a connection that asks for WebSocket. */
      readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
    }
  | { readonly speaks: 'xmpp'; readonly converse: (socket: Duplex) => void };

/** What an application needs to know of the machine it runs on. Asked for at each request: all of it may change. */
export interface Host {
  readonly id: MachineId;
  readonly type: MachineType;
  /** Products that are co-resident. */
  readonly beside?: readonly MachineType[];
  readonly fqdn: string;
  readonly release: string;
  /** Seconds that its clock is ahead of the lab's. */
  readonly clockAheadSeconds: number;
  /** Whether a service of it runs. */
  isStarted(service: string): boolean;
  /** What its Java clients trust: the entries of its trust store, as loaded. */
  readonly trusted: readonly X509Certificate[];
}

/** The deployment around a machine: what its applications share, and how they reach each other. */
export interface Surroundings {
  readonly centre: ContactCentre;
  readonly chats: Chats;
  readonly hosts: readonly Host[];
  /** Where a port of a machine is bound; null where no machine has the name. */
  readonly placeOf: (fqdn: string, port: number) => Place | null;
}
