import type { FullResult, Reporter, TestCase, TestResult } from '@playwright/test/reporter';

/** Fails a run in which no page was judged: Playwright takes a run of skipped tests for a good one. */
export default class JudgedReporter implements Reporter {
  #judged = 0;
  /** Why pages were not judged, and how many for each reason. */
  readonly #reasons = new Map<string, number>();

  onTestEnd({ annotations: written }: TestCase, { status, annotations }: TestResult): void {
    if (status !== 'skipped') {
      this.#judged += 1;
      return;
    }
    const { description = 'it was skipped' } =
      [...annotations, ...written].find(({ type }) => type === 'skip' || type === 'fixme') ?? {};
    this.#reasons.set(description, (this.#reasons.get(description) ?? 0) + 1);
  }

  onEnd({ status }: FullResult): Promise<Pick<FullResult, 'status'> | undefined> {
    if (status !== 'passed' || this.#judged > 0 || this.#reasons.size === 0) return Promise.resolve(undefined);
    const lines = [...this.#reasons].map(([reason, times]) => `\n  ${String(times)} times: ${reason}`);
    process.stderr.write(
      `Nothing was judged:${lines.join('')}\nA page that nobody looked at is not well. Mend what kept it from being looked at, and run the suites again.\n`,
    );
    return Promise.resolve({ status: 'failed' });
  }

  printsToStdio(): boolean {
    return false;
  }
}
