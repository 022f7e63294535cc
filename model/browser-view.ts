import * as z from 'zod';
import { ClientId, MachineId, Port } from './names.ts';

/** What the Chrome of one client is predicted to make of a port that people open. A prediction, not a browser's word. */
export const BrowserView = z.strictObject({
  machine: MachineId,
  port: Port,
  address: z.string().nullable(),
  serverName: z.string().nullable(),
  client: ClientId,
  /** The error it stops at, `net::ERR_CERT_…`; null where it shows the page. */
  chrome: z.string().nullable(),
});
export type BrowserView = z.infer<typeof BrowserView>;
