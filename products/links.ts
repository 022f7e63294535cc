import type { MachineId, MachineType } from '#model/names.ts';
import { isInRange } from './release.ts';
import { relations, type ProbedRelation, type Relation, type UnprobedRelation } from './relations.ts';

/** What decides which links a machine has. */
export interface LinkEnd {
  readonly id: MachineId;
  readonly type: MachineType;
  readonly release: string | null;
  /** Products that are co-resident on it. */
  readonly beside?: readonly MachineType[] | undefined;
}

/** One documented link between two machines of a deployment. */
export type Link<M extends LinkEnd> = ProbedLink<M> | UnprobedLink<M>;

interface Ends<M extends LinkEnd> {
  readonly relyingParty: M;
  readonly presenter: M;
}
export interface ProbedLink<M extends LinkEnd> extends Ends<M> {
  readonly relation: ProbedRelation;
  readonly port: number;
}
interface UnprobedLink<M extends LinkEnd> extends Ends<M> {
  readonly relation: UnprobedRelation;
}

/** Where the link meets the certificate of its presenter. */
export type ShownBy = { readonly port: number } | Pick<UnprobedRelation, 'presents' | 'identity'>;

export function shownBy<M extends LinkEnd>(link: Link<M>): ShownBy {
  if (isProbed(link)) return { port: link.port };
  const { presents, identity } = link.relation;
  return { presents, identity };
}

/** Whether the link opens a port that is looked at. */
export function isProbed<M extends LinkEnd>(link: Link<M>): link is ProbedLink<M> {
  return 'port' in link;
}

/**
 * Every link between machines of a deployment. Links that have TLS only where somebody set it up count where `secured`
 * names their relation. `portsOf` says at which ports a machine is open that no product describes.
 */
export function linksAmong<M extends LinkEnd>(
  machines: readonly M[],
  secured: readonly string[],
  portsOf: (machine: M) => readonly number[],
): readonly Link<M>[] {
  const judged = relations.filter(({ id, isSecured }) => isSecured === undefined || secured.includes(id));
  return judged.flatMap((relation) => {
    const parties = machines.filter((machine) => is(machine, relation.relyingParty));
    if (parties.length === 0) return [];
    const presenters = machines.filter((machine) => is(machine, relation.presenter) && isOf(machine, relation));
    return parties.flatMap((relyingParty) =>
      presenters
        .filter((presenter) => presenter.id !== relyingParty.id)
        .flatMap((presenter): Link<M>[] => {
          if (relation.presents !== undefined) return [{ relation, relyingParty, presenter }];
          const ports = presenter.type === 'SCRIPT_TARGET' ? portsOf(presenter) : [relation.port];
          return ports.map((port) => ({ relation, relyingParty, presenter, port }));
        }),
    );
  });
}

function is({ type, beside }: LinkEnd, types: readonly MachineType[]): boolean {
  return types.includes(type) || beside?.some((other) => types.includes(other)) === true;
}

/** Whether the presenter's release has the link at this port; of an unknown release the newest counts. */
function isOf({ release }: LinkEnd, { releases }: Relation): boolean {
  if (releases === undefined) return true;
  return isInRange(release, releases) ?? releases.before === undefined;
}
