import type { Accounts } from './accounts.ts';
import { intelligenceCenterPassword, intelligenceCenterSignIn, reportList } from './pages/intelligence-center.ts';
import type { Visit } from './visit.ts';

/** Signs the visit's account in to Unified Intelligence Center; on a Unified CCX its domain is CCX. */
export async function signInToReports(visit: Visit, accounts: Accounts): Promise<void> {
  const { page, opening } = visit;
  const person = accounts.own;
  accounts.untried(person);
  const first = intelligenceCenterSignIn(page);
  await visit.open(first);
  await first.userName.fill(person.user);
  await first.next.click();
  const { password, domain, signIn } = intelligenceCenterPassword(page);
  const reports = reportList(page);
  await password.click();
  await accounts.typePassword(page, person);
  if (await domain.isVisible()) await domain.selectOption(opening.machine.type.startsWith('UCCX') ? 'CCX' : 'CUIC');
  await signIn.click();
  await accounts.claimSignedIn(person, reports.first, reports.refusal);
}
