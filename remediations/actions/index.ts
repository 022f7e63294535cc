import type { Step, StepOf, Via } from '#model/step.ts';
import { seal, type SealedAction } from './action.ts';
import { askOperator } from './ask-operator.ts';
import { backUpStore } from './back-up-store.java.ts';
import { bindCertificate } from './bind-certificate.windows.ts';
import { generateKeyPair } from './generate-key-pair.java.ts';
import { generateKeyPair as makeSelfSigned } from './generate-key-pair.windows.ts';
import { generateRequest as requestByKeytool } from './generate-request.java.ts';
import { generateRequest as requestByCertreq } from './generate-request.windows.ts';
import { generateRequest } from './generate-request.vos.ts';
import { importCertificate as importByKeytool } from './import-certificate.java.ts';
import { importCertificate } from './import-certificate.vos.ts';
import { importCertificate as importIntoWindows } from './import-certificate.windows.ts';
import { importKeyPair } from './import-key-pair.java.ts';
import { importReply as importReplyByKeytool } from './import-reply.java.ts';
import { importReply as importReplyByCertreq } from './import-reply.windows.ts';
import { importReply } from './import-reply.vos.ts';
import { obtainReply } from './obtain-reply.here.ts';
import { regenerateCertificate } from './regenerate-certificate.vos.ts';
import { removeCertificate as removeByKeytool } from './remove-certificate.java.ts';
import { removeCertificate } from './remove-certificate.vos.ts';
import { renameAlias } from './rename-alias.java.ts';
import { restartMachine } from './restart-machine.vos.ts';
import { restartService } from './restart-service.vos.ts';
import { restartService as restartWindowsService } from './restart-service.windows.ts';
import { setOption } from './set-option.vos.ts';
import { waitFor } from './wait-for.ts';
import { writeFile } from './write-file.here.ts';

/** An action for every kind of step a plan can hold, by platform: the type demands it. */
const actions: { readonly [V in Via]: Readonly<Record<StepOf<V>['do'], SealedAction>> } = {
  vos: {
    'regenerate-certificate': seal(regenerateCertificate),
    'generate-request': seal(generateRequest),
    'import-reply': seal(importReply),
    'import-certificate': seal(importCertificate),
    'remove-certificate': seal(removeCertificate),
    'set-option': seal(setOption),
    'restart-service': seal(restartService),
    'restart-machine': seal(restartMachine),
    'wait-for': seal(waitFor),
  },
  java: {
    'back-up-store': seal(backUpStore),
    'generate-key-pair': seal(generateKeyPair),
    'generate-request': seal(requestByKeytool),
    'import-reply': seal(importReplyByKeytool),
    'import-key-pair': seal(importKeyPair),
    'rename-alias': seal(renameAlias),
    'import-certificate': seal(importByKeytool),
    'remove-certificate': seal(removeByKeytool),
  },
  windows: {
    'generate-key-pair': seal(makeSelfSigned),
    'generate-request': seal(requestByCertreq),
    'import-reply': seal(importReplyByCertreq),
    'bind-certificate': seal(bindCertificate),
    'import-certificate': seal(importIntoWindows),
    'restart-service': seal(restartWindowsService),
    'wait-for': seal(waitFor),
  },
  here: {
    'obtain-reply': seal(obtainReply),
    'write-file': seal(writeFile),
  },
  operator: {
    'ask-operator': seal(askOperator),
  },
};

/** The action that carries out a step. */
export function actionOf(step: Step): SealedAction {
  switch (step.via) {
    case 'vos':
      return actions.vos[step.do];
    case 'java':
      return actions.java[step.do];
    case 'windows':
      return actions.windows[step.do];
    case 'here':
      return actions.here[step.do];
    case 'operator':
      return actions.operator[step.do];
  }
}
