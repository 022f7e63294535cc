import type { MachineType } from '#model/names.ts';
import { productOf, products } from './index.ts';
import type { IdentityStore, Product } from './product.ts';

/**
 * What a certificate can be uploaded or imported as on a machine of this type: its identities, then its trust stores. Where
 * the type is not known or has none documented, those of all products.
 */
export function unitsOf(type: MachineType): string[] {
  const product = productOf(type);
  const whose = product.stores.length > 0 ? [product] : products;
  return [...new Set([...whose.flatMap(identitiesOf), ...storesOf(whose).map(({ trust }) => trust)])];
}

/** Whether a unit is a trust store: what goes there is presented by nobody on that machine. */
export function isTrustStore(unit: string): boolean {
  return unit.endsWith('-trust') || storesOf(products).some(({ trust }) => trust === unit);
}

/** A VOS machine keeps the ECDSA certificate of a purpose under a purpose of its own. */
function identitiesOf({ stores, ecdsa, platform }: Product): string[] {
  const identities = stores.map(({ identity }) => identity);
  const isApart = ecdsa !== undefined && platform === 'vos';
  return [...identities, ...(isApart ? identities.map((identity) => `${identity}-ECDSA`) : [])];
}

function storesOf(whose: readonly Product[]): IdentityStore[] {
  return whose.flatMap(({ stores }) => stores);
}
