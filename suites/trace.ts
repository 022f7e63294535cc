import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import type { BrowserContext, TestInfo } from '@playwright/test';
import { unzipSync, zipSync } from 'fflate';
import type { Mask } from './mask.ts';
import { attached } from './record.ts';

/** Records what a context does, for the trace viewer. */
export async function startTrace(context: BrowserContext): Promise<void> {
  await context.tracing.start({ snapshots: true, screenshots: false });
}

/** Ends the recording. It holds every request with its headers, so it is kept only without what they hide. */
export async function endTrace(context: BrowserContext, testInfo: TestInfo, mask: Mask, keep: boolean): Promise<void> {
  if (!keep) {
    await context.tracing.stop();
    return;
  }
  const file = testInfo.outputPath(`${randomUUID()}.zip`);
  await context.tracing.stop({ path: file });
  const entries = Object.entries(unzipSync(await readFile(file)));
  await rm(file);
  // What gives a token out may stand behind what it is used for.
  for (const [, bytes] of entries) mask.addTokensIn(bytes);
  const body = Buffer.from(zipSync(Object.fromEntries(entries.map(([name, bytes]) => [name, mask.bytes(bytes)]))));
  await testInfo.attach(attached.trace, { body, contentType: 'application/zip' });
}
