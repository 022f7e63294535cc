import type { Machine } from '#model/inventory.ts';
import type { TrustLink } from '#model/link.ts';
import { productOf } from '#products/index.ts';
import { linkPath } from './link-trust.ts';
import type { Scene } from './scene.ts';
import { seenLinks } from './seen-links.ts';

function restartsOf({ type }: Machine, store: string): readonly string[] {
  const { afterTrustChange, afterTrustChangeIn } = productOf(type);
  return ((afterTrustChangeIn?.[store] ?? afterTrustChange)?.services ?? []).map(({ service }) => service);
}

/** Every documented link with the path that trust in it rests on, for reports: the verdicts are the faults'. */
export function trustLinks(scene: Scene): TrustLink[] {
  return seenLinks(scene).map(({ relation, relyingParty, presenter, shown, presented: look }) => {
    const place = { at: 'store', machine: relyingParty.id, store: relation.store } as const;
    const store = scene.obtain('trust-store', place);
    const presented = look();
    const entries = 'missing' in store ? [] : scene.entries(store.value);
    const path = 'missing' in presented || presented.value === null ? [] : linkPath(presented.value, entries).path;
    return {
      relation: relation.id,
      relyingParty: relyingParty.id,
      store: relation.store,
      presenter: presenter.machine.id,
      ...shown,
      stops: relation.stops,
      breaks: relation.breaks,
      severity: relation.severity,
      path: path.map(({ sha256 }) => sha256),
      restarts: [...(relation.restarts ?? restartsOf(relyingParty, relation.store))],
      sources: [...relation.sources],
    };
  });
}
