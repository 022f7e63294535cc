import * as z from 'zod';
import { ClientId, MachineId, Port } from './names.ts';

/** A problem that people know of, and until when it is not to decide anything. What is left out holds for all. */
export const KnownProblem = z.strictObject({
  fault: z.string().min(1),
  machine: MachineId.optional(),
  port: Port.optional(),
  page: z.string().min(1).optional(),
  client: ClientId.optional(),
  /** The last day on which it is excused, in UTC. */
  until: z.iso.date('write a day, for example 2027-03-31'),
  why: z.string().min(1),
  who: z.string().min(1),
});
export type KnownProblem = z.infer<typeof KnownProblem>;
