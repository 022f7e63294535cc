import type { Accounts } from './accounts.ts';
import { intelligenceCenterPassword, intelligenceCenterSignIn, reportList } from './pages/intelligence-center.ts';
import { patient as expect, type Visit } from './visit.ts';

/** Signs the visit's account in to Unified Intelligence Center; on a Unified CCX its domain is CCX. */
export async function signInToReports(visit: Visit, accounts: Accounts): Promise<void> {
  const { page, opening } = visit;
  const person = accounts.own;
  const first = intelligenceCenterSignIn(page);
  await visit.open(first);
  await first.userName.fill(person.user);
  await first.next.click();
  const { password, domain, signIn } = intelligenceCenterPassword(page);
  const reports = reportList(page);
  await visit.claim(
    `${person.user} is signed in and sees the reports`,
    async () => {
      await password.click();
      await accounts.typePassword(page, person);
      if (await domain.isVisible()) await domain.selectOption(opening.machine.type.startsWith('UCCX') ? 'CCX' : 'CUIC');
      await signIn.click();
      await expect(reports.first.or(reports.refusal).first()).toBeVisible();
      await expect(reports.refusal).toBeHidden({ timeout: 1 });
      await expect(reports.first).toBeVisible();
    },
    reports.refusal,
  );
}
