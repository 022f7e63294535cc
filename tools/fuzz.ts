import { randomInt } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { fuzz, type Discovery, type Share } from '#tests/fuzz/run.ts';

/**
 * Throws changed flights, certificates, PEM texts, XMPP streams and command-line texts at the readers, a worker per core.
 * `npm run fuzz -- --inputs N --seed S`; `--only I` tries one input again, with its stack. What it finds is printed, and kept in fuzz-findings.jsonl.
 */
type Told = { readonly done: number } | { readonly found: readonly Discovery[] };

const findings = 'fuzz-findings.jsonl';

if (isMainThread) await main();
else {
  const found = fuzz(workerData as Share, (done) => parentPort?.postMessage({ done } satisfies Told));
  parentPort?.postMessage({ found } satisfies Told);
}

async function main(): Promise<void> {
  const seed = option('seed') ?? randomInt(2 ** 31);
  const only = option('only');
  const inputs = option('inputs') ?? 100_000;
  const workers = only === null ? availableParallelism() : 1;
  console.log(
    only === null
      ? `${String(inputs)} inputs of seed ${String(seed)}`
      : `input ${String(only)} of seed ${String(seed)}`,
  );
  const startedAt = performance.now();
  const found = (
    await Promise.all(
      Array.from({ length: workers }, (_, place) =>
        inWorker(
          only === null
            ? { seed, from: place, to: inputs, step: workers }
            : { seed, from: only, to: only + 1, step: 1 },
          place === 0,
        ),
      ),
    )
  ).flat();
  for (const discovery of found) {
    console.log(JSON.stringify(discovery));
    appendFileSync(findings, `${JSON.stringify(discovery)}\n`);
  }
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  console.log(`${String(found.length)} findings in ${String(seconds)} s`);
  process.exitCode = found.length === 0 ? 0 : 1;
}

async function inWorker(share: Share, tells: boolean): Promise<readonly Discovery[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: share });
    worker.on('error', reject);
    worker.on('message', (told: Told) => {
      if ('found' in told) resolve(told.found);
      else if (tells && told.done % 100_000 === 0) console.log(`${String(told.done * share.step)} done`);
    });
  });
}

function option(name: string): number | null {
  const place = process.argv.indexOf(`--${name}`);
  if (place < 0) return null;
  const value = Number(process.argv[place + 1]);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} wants a whole number`);
  return value;
}
