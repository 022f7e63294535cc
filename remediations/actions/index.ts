import type { Step } from '#model/plan.ts';
import { seal, type SealedAction } from './action.ts';
import { importCertificate } from './import-certificate.vos.ts';
import { regenerateCertificate } from './regenerate-certificate.vos.ts';
import { restartService } from './restart-service.vos.ts';
import { waitFor } from './wait-for.ts';
import { writeFile } from './write-file.local.ts';

/** An action for every kind of step a plan can hold: the type demands it. */
const actions: Readonly<Record<Step['do'], SealedAction>> = {
  'regenerate-certificate': seal('regenerate-certificate', regenerateCertificate),
  'import-certificate': seal('import-certificate', importCertificate),
  'restart-service': seal('restart-service', restartService),
  'wait-for': seal('wait-for', waitFor),
  'write-file': seal('write-file', writeFile),
};

/** The action that carries out a step. */
export function actionOf(step: Step): SealedAction {
  return actions[step.do];
}
