/** Products whose machines run the Voice Operating System: one Unified OS Administration, one `admin:` command line. */
export const vosProducts = [
  'uccx',
  'ccp',
  'cucm',
  'finesse',
  'cuic',
  'live-data',
  'ids',
  'cvvb',
  'cloud-connect',
  'mediasense',
] as const;
