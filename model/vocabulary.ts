// The closed lists that the schemas of the model are made of. They stand apart because a scan of targets needs the words alone, and making schemas takes 20 ms.

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

/**
 * critical: agents or calls stop. major: a function stops, or will within 30 days. minor: neither. notice: worth knowing.
 * Listed from the worst down.
 */
export const severities = ['critical', 'major', 'minor', 'notice'] as const;

/**
 * One ClientHello beside the usual one. `rsa` and `ecdsa` take only a certificate with such a key; `no-server-name` is also what a client sends that
 * connects by address, because an address is never a server_name (RFC 6066 section 3), so one connection stands for both; `short-name` sends the first
 * label; a version offers that version alone; `dhe` takes only ephemeral Diffie-Hellman over a finite field.
 */
export const variants = [
  'rsa',
  'ecdsa',
  'no-server-name',
  'short-name',
  'SSLv3',
  'TLSv1',
  'TLSv1.1',
  'TLSv1.2',
  'TLSv1.3',
  'dhe',
] as const;

/** What stops when a link is broken, coarsely: by this people find what concerns them. */
export const stoppages = [
  'sign-in',
  'desktop',
  'live data',
  'chat',
  'calls',
  'scripts',
  'failover',
  'reports',
  'administration',
] as const;

/** What agents and callers notice themselves. */
export const noticedByAgents: readonly (typeof stoppages)[number][] = [
  'sign-in',
  'desktop',
  'live data',
  'chat',
  'calls',
  'scripts',
  'failover',
];

/** Goes up when a field changes meaning. */
export const runFormat = 1;

/** Tells a kept run from one that is written out. */
export const keptFormat = 2;
