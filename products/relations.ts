import { administrationRelations } from './relations/administration.ts';
import { centralControllerRelations } from './relations/central-controller.ts';
import { desktopRelations } from './relations/desktop.ts';
import { expressRelations } from './relations/express.ts';
import { mutualRelations } from './relations/mutual.ts';
import type { Relation } from './relations/relation.ts';
import { voicePortalRelations } from './relations/voice-portal.ts';

export type { ProbedRelation, Relation, UnprobedRelation } from './relations/relation.ts';
export { windowsStores } from './relations/relation.ts';

/** Every documented link between two machines. */
export const relations: readonly Relation[] = [
  ...expressRelations,
  ...desktopRelations,
  ...administrationRelations,
  ...voicePortalRelations,
  ...mutualRelations,
  ...centralControllerRelations,
];
