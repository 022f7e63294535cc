import type { Hash, KeyKind } from '../../authority.ts';
import type { RequestWish } from '../../request.ts';
import { ecName } from './certificate-units.ts';

/** What the page Generate Certificate Signing Request lets one choose. What is left out is as the page shows it first. */
export interface RequestForm {
  readonly distribution?: 'this-server' | 'multi-server';
  readonly commonName?: string;
  /** Empty: no parent domain, and then no subjectAltName where no other domain is named. */
  readonly parentDomain?: string;
  readonly otherDomains?: readonly string[];
  readonly key?: KeyKind;
  readonly hash?: Hash;
}

interface Node {
  readonly fqdn: string;
}

interface Machine extends Node {
  readonly cluster: () => readonly Node[];
}

/** The domain of a machine. */
export function domainOf({ fqdn }: Node): string {
  return fqdn.slice(fqdn.indexOf('.') + 1);
}

/** The common name as the page fills it in: `-ms` after the host where several servers share the certificate. */
export function commonNameFor(
  machine: Node,
  unit: { readonly keyKind: KeyKind },
  distribution: 'this-server' | 'multi-server',
): string {
  const own = 'ec' in unit.keyKind ? ecName(machine.fqdn) : machine.fqdn;
  return distribution === 'this-server' ? own : own.replace(/^[^.]+/, '$&-ms');
}

/** The request that a machine makes of the form. */
export function wishOf(machine: Machine, unit: { readonly keyKind: KeyKind }, form: RequestForm): RequestWish {
  const distribution = form.distribution ?? 'this-server';
  const parentDomain = form.parentDomain ?? domainOf(machine);
  const others = form.otherDomains ?? [];
  const nodes = distribution === 'this-server' ? [machine] : machine.cluster();
  // With the box emptied the request has no names at all (SANs issue with a Third Party Signed Certificate, 200641).
  const hasNames = distribution === 'multi-server' || parentDomain !== '' || others.length > 0;
  const names = hasNames ? [parentDomain, ...nodes.map(({ fqdn }) => fqdn), ...others] : [];
  return {
    commonName: form.commonName ?? commonNameFor(machine, unit, distribution),
    names: [...new Set(names)].filter((name) => name !== ''),
    isShared: distribution === 'multi-server',
    key: form.key ?? unit.keyKind,
    ...(form.hash === undefined ? {} : { hash: form.hash }),
  };
}
