import type { Accounts } from './accounts.ts';
import { partsOf } from './parts.ts';
import type { Visit } from './visit.ts';

/** Signs the visit's account in to Unified Intelligence Center; on a Unified CCX its domain is CCX. */
export async function signInToReports(visit: Visit, accounts: Accounts): Promise<void> {
  const { page, opening } = visit;
  const person = accounts.own;
  accounts.untried(person);
  const { userName, next, password, domain, signIn } = partsOf(page, 'Unified Intelligence Center');
  await visit.open({ userName, next });
  await userName.fill(person.user);
  await next.click();
  const reports = partsOf(page, 'Unified Intelligence Center reports');
  await password.click();
  await accounts.typePassword(page, person);
  if (await domain.isVisible()) await domain.selectOption(opening.machine.type.startsWith('UCCX') ? 'CCX' : 'CUIC');
  await signIn.click();
  await accounts.claimSignedIn(person, reports.first, reports.refusal);
}
