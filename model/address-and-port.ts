/** A place in the network. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/** Reads `address:port`, an IPv6 address in brackets, as the schema of the inventory has checked it. */
export function addressAndPort(text: string): Place {
  const colon = text.lastIndexOf(':');
  return { host: text.slice(0, colon).replace(/^\[(.*)\]$/, '$1'), port: Number(text.slice(colon + 1)) };
}
