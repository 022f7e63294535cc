import { detailsOf, expect, test, titleOf } from './fixtures.ts';
import { openings } from './inventory.ts';
import { appAdmin } from './pages/app-admin.ts';

for (const opening of openings('Unified CCX Administration')) {
  test.describe(titleOf(opening), detailsOf(opening), () => {
    test.use({ opening });

    test('shows its sign-in form without a certificate warning', async ({ open, page }) => {
      const form = appAdmin(page);
      expect(await open(Object.values(form))).toBe('shown');
      await expect(form.userName).toBeEditable();
      await expect(form.password).toHaveAttribute('type', 'password');
      await expect(form.login).toBeEnabled();
    });
  });
}
