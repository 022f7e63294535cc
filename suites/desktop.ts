import type { Locator, Page } from '@playwright/test';
import type { Person } from '#inventory/load.ts';
import type { PartName } from '#inventory/page-parts.ts';
import type { Accounts } from './accounts.ts';
import { partsOf } from './parts.ts';
import { patient as expect, type Visit } from './visit.ts';

type Desktop = Readonly<Record<PartName<'Finesse desktop'>, Locator>>;

/** Signs the visit's account in to the Finesse desktop, as a person does, and claims that nothing stands in the way. */
export async function signInToDesktop(visit: Visit, accounts: Accounts): Promise<{ desktop: Desktop; person: Person }> {
  const { page, opening } = visit;
  accounts.expectOne();
  const form = partsOf(page, 'Finesse sign-in', opening.machine.release);
  await visit.open(form);
  const person = await accounts.takeOwn();
  const desktop = partsOf(page, 'Finesse desktop', opening.machine.release);
  await form.userName.fill(person.user);
  await form.password.click();
  await accounts.typePassword(page, person);
  await form.extension.fill(person.extension ?? '');
  await form.signIn.click();
  const { state, certificateDialog, refusal } = desktop;
  await visit.claim(
    `${person.role} ${person.user} is signed in without a warning and without a certificate to accept`,
    async () => {
      await expect(state.or(certificateDialog).or(refusal).filter({ visible: true }).first()).toBeVisible();
      await expect(certificateDialog).toBeHidden({ timeout: 1 });
      await expect(state).toHaveText(/^Not Ready/);
    },
    certificateDialog.or(refusal),
  );
  return { desktop, person };
}

/** Chooses a state in the menu of the desktop. */
export async function choose({ stateMenu }: Desktop, option: Locator): Promise<void> {
  await stateMenu.click();
  await option.click();
}

/** The frame of each gadget that shows Live Data, by its title. */
export async function liveDataGadgets(
  page: Page,
  { gadgets }: Desktop,
): Promise<{ title: string; name: string; source: string }[]> {
  await expect(gadgets.first()).toBeAttached();
  const all = await gadgets.evaluateAll((frames) =>
    frames.map((frame) => ({
      title: frame.getAttribute('title') ?? '',
      name: frame.getAttribute('name') ?? '',
      source: frame.getAttribute('src') ?? '',
    })),
  );
  return all.filter(({ source }) => decodeURIComponent(source).includes('/LiveData/LiveDataGadget.'));
}
