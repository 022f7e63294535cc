import * as z from 'zod';
import { Severity, Unprobed } from './finding.ts';
import { MachineId, Port, Sha256 } from './names.ts';
import { Source } from './source.ts';
import { stoppages } from './vocabulary.ts';

export const Stoppage = z.enum(stoppages);
export type Stoppage = z.infer<typeof Stoppage>;

const common = {
  /** Id of the relation in the catalogue. */
  relation: z.string(),
  relyingParty: MachineId,
  store: z.string(),
  presenter: MachineId,
  stops: Stoppage,
  /** What breaks, in the words of those it breaks for. */
  breaks: z.string(),
  severity: Severity,
  /** From the presented certificate as far up as it leads: where the link is trusted, to an entry of the store. */
  path: z.array(Sha256),
  /** Services to restart on the relying party after its store changed. */
  restarts: z.array(z.string()),
  /** Where the link is documented; left out by runs of before it was kept. */
  sources: z.array(Source).optional(),
};

/**
 * One documented link of a deployment, copied into the run that judged it. Its verdicts are the findings about the same ends.
 * Its certificate is met at a port, or known from the store of its presenter alone.
 */
export const TrustLink = z.union([
  z.strictObject({ ...common, port: Port }),
  z.strictObject({ ...common, presents: Unprobed, identity: z.string() }),
]);
export type TrustLink = z.infer<typeof TrustLink>;
