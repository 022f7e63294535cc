import type { Person } from '#inventory/load.ts';
import type { Accounts } from './accounts.ts';
import { partsOf } from './parts.ts';
import type { Visit } from './visit.ts';

/** Signs the visit's account in to Unified Intelligence Center; on a Unified CCX its domain is CCX. */
export async function signInToReports(visit: Visit, accounts: Accounts): Promise<void> {
  const { page, opening } = visit;
  const { userName, next, password, domain, signIn } = partsOf(page, 'Unified Intelligence Center');
  const reports = partsOf(page, 'Unified Intelligence Center reports');
  const send = async (person: Person): Promise<void> => {
    await visit.open({ userName, next });
    await userName.fill(person.user);
    await next.click();
    await password.click();
    await accounts.typePassword(page, person);
    if (await domain.isVisible()) await domain.selectOption(opening.machine.type.startsWith('UCCX') ? 'CCX' : 'CUIC');
    await signIn.click();
  };
  await accounts.signInByForm(send, reports.first, reports.refusal);
}
