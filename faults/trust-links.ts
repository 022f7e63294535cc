import type { TrustLink } from '#model/link.ts';
import { productOf } from '#products/index.ts';
import { linkPath } from './link-trust.ts';
import type { Scene } from './scene.ts';

/** Every documented link with the path that trust in it rests on, for reports: the verdicts are the faults'. */
export function trustLinks(scene: Scene): TrustLink[] {
  return scene.links().map(({ relation, relyingParty, presenter }) => {
    const place = { at: 'store', machine: relyingParty.id, store: relation.store } as const;
    const store = scene.obtain('trust-store', place);
    const presented = scene.presented(presenter);
    const entries = 'missing' in store ? [] : scene.entries(store.value);
    const path = 'missing' in presented ? [] : linkPath(presented.value, entries).path;
    return {
      relation: relation.id,
      relyingParty: relyingParty.id,
      store: relation.store,
      presenter: presenter.machine.id,
      port: presenter.place.port,
      stops: relation.stops,
      breaks: relation.breaks,
      severity: relation.severity,
      path: path.map(({ sha256 }) => sha256),
      restarts: (productOf(relyingParty.type).afterTrustChange?.services ?? []).map(({ service }) => service),
    };
  });
}
