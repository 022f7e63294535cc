import type { InventorySnapshot } from '#model/inventory.ts';
import type { Sha256 } from '#model/names.ts';
import type { Observation } from '#model/observation.ts';
import { placeTitle } from './place.ts';

/** Where else a run met a certificate, in words; what was given to the run and nowhere met says that. */
export function knownFrom(
  digest: Sha256,
  observations: readonly Observation[],
  { clients }: Pick<InventorySnapshot, 'clients'>,
): string {
  const sent: string[] = [];
  const kept: string[] = [];
  for (const observation of observations) {
    if (observation.outcome === 'failed') continue;
    const { kind, value, place } = observation;
    if (kind === 'certificate-list' && value.certificates.includes(digest)) sent.push(`sent by ${placeTitle(place)}`);
    if (kind === 'trust-store' && value.entries.some(({ certificate }) => certificate === digest))
      kept.push(placeTitle(place));
    if (kind === 'identity-store' && value.issuers?.includes(digest) === true)
      kept.push(`behind ${value.unit} in the store of ${place.machine}`);
  }
  const anchors = clients.filter((client) => client.anchors.includes(digest)).map(({ id }) => `an anchor of ${id}`);
  // The order of looking does not decide.
  const [first] = [...sent.sort(), ...kept.sort(), ...anchors];
  return first ?? 'a certificate given to this run';
}
