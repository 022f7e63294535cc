import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { manualAuthority } from './manual.ts';

test.each([
  [false, /one-tomcat\.csr signed, and put the answer beside it as one-tomcat\.pem/],
  [
    true,
    /one-tomcat\.csr signed for one\.example\.com: the request names nothing, its answer must name that in subjectAltName, and put/,
  ],
])('people are told which name the answer needs, where the request names nothing: %s', async (isNameless, words) => {
  const folder = mkdtempSync(join(tmpdir(), 'uccert-test-'));
  try {
    const request = { der: Buffer.of(48, 0), name: 'one-tomcat', fqdn: 'one.example.com', names: [], isNameless };
    const answer = await manualAuthority(folder).ask({ ...request, ticket: null });
    expect(answer).toMatchObject({ status: 'waiting', awaits: expect.stringMatching(words) as string });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
