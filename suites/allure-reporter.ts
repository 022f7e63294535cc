import { AllureReporter } from 'allure-playwright';
import type { TestCase, TestResult, TestStep } from '@playwright/test/reporter';

/** What Playwright attaches to a failed test for those who mend tests: its own source, and what to do with it. No option leaves it out. */
const ofPlaywright = 'error-context';

/** Allure's results, of what people are to read alone. A page that was looked at when somebody stopped the suites has not failed. */
export default class PagesReporter extends AllureReporter {
  override onStepEnd(test: TestCase, result: TestResult, step: TestStep): void {
    if (step.category === 'test.attach' && step.title.includes(ofPlaywright)) return;
    super.onStepEnd(test, result, step);
  }

  override async onTestEnd(test: TestCase, result: TestResult): Promise<void> {
    const attachments = result.attachments.filter(({ name }) => name !== ofPlaywright);
    if (result.status !== 'interrupted') {
      await super.onTestEnd(test, { ...result, attachments });
      return;
    }
    const error = { message: 'It was stopped before its end.' };
    await super.onTestEnd(test, { ...result, attachments, status: 'skipped', error, errors: [error] });
  }
}
