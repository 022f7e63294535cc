import * as z from 'zod';
import { audiences, machineTypes } from './vocabulary.ts';

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

export const Audience = z.enum(audiences);
export type Audience = z.infer<typeof Audience>;
