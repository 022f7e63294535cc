import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FullConfig, Reporter, Suite, TestCase, TestError, TestResult } from '@playwright/test/reporter';
import { sha256 } from '#model/digest.ts';
import type { Sha256 } from '#model/names.ts';
import { Observation } from '#model/observation.ts';
import { certificatesOfPem } from '#model/pem.ts';
import { attached } from './record.ts';

/** Gathers what the tests saw into a folder: observations.json, and the screenshots and traces it names. */
export default class RunReporter implements Reporter {
  readonly #folder: string;
  readonly #observations: Observation[] = [];
  readonly #certificates: Record<Sha256, string> = {};
  #total = 0;
  #done = 0;
  /** Whether the process that reads the folder, and takes it away, was killed. */
  #isOrphan = false;

  constructor({ folder }: { folder: string }) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** Without whoever waits for them the suites end as if they were interrupted: everybody is signed out. */
  onBegin(_config: FullConfig, suite: Suite): void {
    this.#total = suite.allTests().length;
    if (process.send === undefined) return;
    process.once('disconnect', () => {
      this.#isOrphan = true;
      process.kill(process.pid, 'SIGINT');
    });
    process.channel?.unref();
  }

  onTestEnd({ parent }: TestCase, { attachments }: TestResult): void {
    this.#done += 1;
    const line = `page ${String(this.#done)} of ${String(this.#total)}: ${parent.title}`;
    // Whoever waited may just have been killed.
    if (process.connected) process.send?.(line, undefined, undefined, () => undefined);
    const body = (name: string): Buffer | undefined => attachments.find((each) => each.name === name)?.body;
    const json = body(attached.observation);
    if (json === undefined) return;
    const observation = Observation.parse(JSON.parse(json.toString()));
    for (const der of certificatesOfPem(body(attached.certificates)?.toString() ?? ''))
      this.#certificates[sha256(der)] = der.toString('base64');
    this.#observations.push(this.#withFiles(observation, body));
  }

  onError(error: TestError): void {
    process.stderr.write(`${error.message ?? error.value ?? 'unknown'}\n`);
  }

  onEnd(): void {
    const seen = { observations: this.#observations, certificates: this.#certificates };
    writeFileSync(join(this.#folder, 'observations.json'), JSON.stringify(seen));
  }

  /** Traces that were not written yet have passwords in them. */
  onExit(): Promise<void> {
    if (this.#isOrphan) rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 });
    return Promise.resolve();
  }

  printsToStdio(): boolean {
    return false;
  }

  /** Keeps the picture of a page, and what is known of one that failed, under the name of the page. */
  #withFiles(observation: Observation, body: (name: string) => Buffer | undefined): Observation {
    if (observation.kind !== 'browser-page' || observation.outcome === 'failed') return observation;
    const { machine, port, client, page } = observation.place;
    const words = page.toLowerCase().replaceAll(/\W+/g, '-');
    const name = `${machine}-${String(port)}-${words}-${client}`;
    const { value } = observation;
    const screenshot = this.#keep(`screenshots/${name}.png`, body(attached.screenshot));
    if (value.outcome === 'shown') return { ...observation, value: { ...value, screenshot } };
    const trace = this.#keep(`traces/${name}.zip`, body(attached.trace));
    this.#keep(`traces/${name}-console.txt`, body(attached.console));
    this.#keep(`traces/${name}-failed-requests.txt`, body(attached.failedRequests));
    return { ...observation, value: { ...value, screenshot, ...(trace === null ? {} : { trace }) } };
  }

  #keep(file: string, body: Buffer | undefined): string | null {
    if (body === undefined) return null;
    mkdirSync(dirname(join(this.#folder, file)), { recursive: true });
    writeFileSync(join(this.#folder, file), body);
    return file;
  }
}
