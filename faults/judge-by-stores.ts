import type { Finding, Subject, Verdict } from '#model/finding.ts';
import type { Machine } from '#model/inventory.ts';
import type { Sha256 } from '#model/names.ts';
import type { Certificate, Malformed } from '#x509/certificate.ts';
import { inconclusive, notApplicable, type Fault, type Judges } from './define-fault.ts';
import { placeTitle } from './place.ts';
import type { Scene } from './scene.ts';
import { isShownUnprobed, seenLinks } from './seen-links.ts';

/** Sorts of detectors that need what the machines themselves keep. */
export const storeJudges = ['trust-relation', 'stored-identity', 'binding', 'identity', 'key-store', 'store'] as const;
type JudgedByStores = Extract<Fault, { judges: (typeof storeJudges)[number] & Judges }>;

/** Judges such a fault at every subject of its sort. `finding` adds scope, and what happens when a detector throws. */
export function judgeByStores(
  fault: JudgedByStores,
  scene: Scene,
  finding: (subject: Subject, machine: Machine, decide: () => Verdict) => Finding,
): Finding[] {
  switch (fault.judges) {
    case 'trust-relation':
      return seenLinks(scene).map(({ relation, relyingParty, presenter, shown, presented: look }) =>
        finding(
          {
            scope: 'trust-relation',
            relyingParty: relyingParty.id,
            store: relation.store,
            presenter: presenter.machine.id,
            ...shown,
          },
          relyingParty,
          () => {
            const place = { at: 'store', machine: relyingParty.id, store: relation.store } as const;
            const store = scene.obtain('trust-store', place);
            const presented = look();
            if ('missing' in presented)
              return inconclusive(presented.missing, ...('missing' in store ? [store.missing] : []));
            if ('missing' in store) return inconclusive(store.missing);
            if (presented.value === null) return notApplicable(`there is no ${presenter.title} to show`);
            const entries = scene.entries(store.value);
            return fault.detect(
              { relation, relyingParty, presenter, presented: presented.value, entries },
              scene.context,
            );
          },
        ),
      );
    case 'stored-identity':
      return scene
        .identities()
        .filter(({ store }) => store.keptIn?.by !== 'windows-store')
        .flatMap(({ machine, store: { identity }, ports }) =>
          ports.map((endpoint) =>
            finding(scene.subjectOf(endpoint), machine, () => {
              const presented = scene.presented(endpoint);
              if ('missing' in presented) return scene.closedAsDocumented(endpoint) ?? inconclusive(presented.missing);
              const stored = scene.stored(machine, identity);
              if ('missing' in stored) return inconclusive(stored.missing);
              const elsewhere = ports.flatMap((other) => {
                const shown = other === endpoint ? null : scene.presented(other);
                return shown === null || 'missing' in shown ? [] : [shown.value.endEntity];
              });
              return fault.detect(
                { endpoint, presented: presented.value, unit: identity, stored: stored.value, elsewhere },
                scene.context,
              );
            }),
          ),
        );
    case 'binding':
      return scene
        .identities()
        .filter(({ store }) => store.keptIn?.by === 'windows-store')
        .flatMap(({ machine, store: { identity }, ports }) =>
          ports.map((endpoint) =>
            finding(scene.subjectOf(endpoint), machine, () => {
              const presented = scene.presented(endpoint);
              if ('missing' in presented) return scene.closedAsDocumented(endpoint) ?? inconclusive(presented.missing);
              const binding = scene.obtain('binding', { at: 'store', machine: machine.id, store: identity });
              if ('missing' in binding) return inconclusive(binding.missing);
              const { certificate } = binding.value;
              const bound = certificate === null ? null : scene.book.get(certificate);
              return fault.detect(
                { endpoint, presented: presented.value, binding: binding.value, bound },
                scene.context,
              );
            }),
          ),
        );
    case 'identity':
      return (
        scene
          .identities()
          // The aliases of a key store are judged with the key store.
          .filter(({ store }) => store.keptIn?.by !== 'java-key-store')
          .map(({ machine, store: { identity, keptIn }, ports }) =>
            finding({ scope: 'store', machine: machine.id, store: identity }, machine, () => {
              const stored = scene.obtain('identity-store', { at: 'store', machine: machine.id, store: identity });
              if ('missing' in stored) return inconclusive(stored.missing);
              return fault.detect(
                {
                  machine,
                  identity: { unit: identity, keptIn: keptIn?.path ?? null },
                  isShownUnprobed: isShownUnprobed(scene, machine, identity),
                  ports: ports.filter((port) => 'value' in scene.presented(port)).map(({ place }) => place.port),
                  stored: stored.value.certificate,
                },
                scene.context,
              );
            }),
          )
      );
    case 'key-store':
      return [
        ...scene.keyStores().map(({ machine, place }) =>
          finding({ scope: 'store', machine: machine.id, store: place.store }, machine, () => {
            const keystore = scene.obtain('key-store', place);
            if ('missing' in keystore) return inconclusive(keystore.missing);
            const certificate = (digest: Sha256): Certificate | Malformed => scene.book.get(digest);
            const of = placeTitle(place);
            return fault.detect(
              { machine, contents: keystore.value, certificate, of, isOnMachine: true },
              scene.context,
            );
          }),
        ),
        ...scene.files.map(({ machine, path, evidence }) =>
          finding({ scope: 'file', path }, machine, () => {
            if ('missing' in evidence) return inconclusive(evidence.missing);
            const { file, certificate } = evidence.value;
            const { contents } = file;
            return fault.detect({ machine, contents, certificate, of: path, isOnMachine: false }, scene.context);
          }),
        ),
      ];
    case 'store':
      return [
        ...scene.trustStores().map(({ machine, store }) =>
          finding({ scope: 'store', machine: machine.id, store }, machine, () => {
            const listing = scene.obtain('trust-store', { at: 'store', machine: machine.id, store });
            if ('missing' in listing) return inconclusive(listing.missing);
            return fault.detect({ machine, store, entries: scene.entries(listing.value) }, scene.context);
          }),
        ),
        ...scene.files.flatMap(({ machine, path, trusted }) =>
          trusted.length === 0
            ? []
            : [
                finding({ scope: 'file', path }, machine, () =>
                  fault.detect({ machine, store: path, entries: trusted }, scene.context),
                ),
              ],
        ),
      ];
  }
}
