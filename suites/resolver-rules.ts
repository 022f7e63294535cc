import type { Machine } from '#model/inventory.ts';

/**
 * Chromium's way to the machines, as its `--host-resolver-rules`: the inventory's addresses and ports where it has them,
 * the resolver's where not. No other name resolves: a browser calls home otherwise.
 */
export function resolverRules(machines: readonly Machine[]): string {
  const rules = machines.flatMap(({ fqdn, address, connect }) => {
    const host = fqdn ?? address;
    if (host === null) return [];
    return [
      ...Object.entries(connect).map(([port, place]) => `MAP ${host}:${port} ${place}`),
      address === null || address === host ? `EXCLUDE ${host}` : `MAP ${host} ${bracketed(address)}`,
    ];
  });
  return [...rules, 'MAP * ~NOTFOUND'].join(',');
}

function bracketed(address: string): string {
  return address.includes(':') && !address.startsWith('[') ? `[${address}]` : address;
}
