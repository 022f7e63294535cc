import * as z from 'zod';

/**
 * Machine types. Where the Unified CCE Machine Inventory API (`/unifiedconfig/config/machineinventory`) has a word, it is that word;
 * the UCCX, CCP, MediaSense, script target, client PC and TLS server types are uccert's own.
 */
export const machineTypes = [
  'CCE_ROUTER',
  'CCE_LOGGER',
  'CCE_ROGGER',
  'CCE_PG',
  'CCE_AW',
  'CVP',
  'CVP_REPORTING',
  'CVP_OPS',
  'CVVB',
  'FINESSE_PRIMARY',
  'FINESSE_SECONDARY',
  'CUIC_PUBLISHER',
  'CUIC_SUBSCRIBER',
  'LIVE_DATA_A',
  'LIVE_DATA_B',
  'IDS_PUBLISHER',
  'IDS_SUBSCRIBER',
  'CM_PUBLISHER',
  'CM_SUBSCRIBER',
  'CLOUD_CONNECT_PUBLISHER',
  'CLOUD_CONNECT_SUBSCRIBER',
  'ECE',
  'UCCX_PUBLISHER',
  'UCCX_SUBSCRIBER',
  'CCP',
  'MEDIASENSE_PRIMARY',
  'MEDIASENSE_SECONDARY',
  'SCRIPT_TARGET',
  'CLIENT_PC',
  'TLS_SERVER',
] as const;

export const MachineType = z.enum(machineTypes);
export type MachineType = z.infer<typeof MachineType>;

/** The inventory's short name of one machine: what owns stores and services. */
export const MachineId = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/, 'lower-case letters, digits, dots, hyphens and underscores')
  .brand<'MachineId'>();
export type MachineId = z.infer<typeof MachineId>;

/** The inventory's name of a client profile, for example `pc-managed`. */
export const ClientId = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/, 'lower-case letters, digits, dots, hyphens and underscores')
  .brand<'ClientId'>();
export type ClientId = z.infer<typeof ClientId>;

/** SHA-256, 64 lower-case hexadecimal digits: of a certificate's DER, or of a document. */
export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'Sha256'>();
export type Sha256 = z.infer<typeof Sha256>;

/** A point in time, ISO 8601 in UTC. */
export const Instant = z.iso.datetime();

export const Port = z.int().min(1).max(65535);

/** Who opens a listener: groups of people, as the UCCX certificate guide names them (requirement U14), or other machines. */
export const audiences = [
  'agents',
  'supervisors',
  'report users',
  'administrators',
  'Finesse administrators',
  'customers',
  'machines',
] as const;
export const Audience = z.enum(audiences);
export type Audience = z.infer<typeof Audience>;
