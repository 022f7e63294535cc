import { rfc } from '#model/rfc.ts';
import type { Product } from './product.ts';

/** Anything that speaks TLS and is not one of Cisco's: script targets, and hosts given on the command line. */
export const tlsServer: Product = {
  id: 'tls-server',
  title: 'TLS server',
  machineTypes: ['TLS_SERVER', 'SCRIPT_TARGET'],
  platform: 'none',
  listeners: [],
  stores: [],
  notes: ['Its ports come from the inventory or the command line.'],
  sources: [rfc(8446, '1')],
};
