import { detailsOf, expect, test, titleOf } from './fixtures.ts';
import { openings } from './inventory.ts';
import { finesseSignIn } from './pages/finesse-sign-in.ts';

for (const opening of openings('Finesse sign-in')) {
  test.describe(titleOf(opening), detailsOf(opening), () => {
    test.use({ opening });

    test('shows its sign-in form without a certificate warning', async ({ open, page }) => {
      const form = finesseSignIn(page, opening.machine.release);
      expect(await open(Object.values(form))).toBe('shown');
      for (const field of [form.userName, form.password, form.extension]) await expect(field).toBeEditable();
    });
  });
}
