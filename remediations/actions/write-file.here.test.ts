import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '#model/digest.ts';
import type { ClientId } from '#model/names.ts';
import { certificatesOfPem, toPem } from '#model/pem.ts';
import type { Step } from '#model/step.ts';
import type { Reach } from './action.ts';
import { writeFile } from './write-file.here.ts';

/** Any bytes will do: the list is kept by digest. */
const [old, kept, fresh] = ['old', 'kept', 'fresh'].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer];
const listed = `# accepted by hand\n${toPem(old)}\n# the other node\n${toPem(kept)}`;

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'uccert-accepted-'));
  path = join(folder, 'accepted.pem');
  writeFileSync(path, listed);
  chmodSync(path, 0o640);
});
afterEach(() => rmSync(folder, { recursive: true }));

const reach = { certificate: () => Promise.resolve(fresh) } as Partial<Reach> as Reach;
const step = (): Extract<Step, { do: 'write-file' }> => ({
  do: 'write-file',
  via: 'here',
  client: 'pc' as ClientId,
  path,
  certificate: { from: 'plan', sha256: sha256(fresh) },
  replaces: sha256(old),
});

describe('write-file', () => {
  test('puts the new certificate in the place of the old one, and leaves the rest and the mode as they are', async () => {
    const before = await writeFile.read(step(), reach);
    expect(writeFile.isDone(step(), before)).toBe(false);
    await writeFile.apply(step(), before, reach);
    expect(readFileSync(path, 'utf8')).toBe(`# accepted by hand\n\n# the other node\n${toPem(kept)}${toPem(fresh)}`);
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(['accepted.pem']);
    expect(writeFile.isDone(step(), await writeFile.read(step(), reach))).toBe(true);
  });

  test('done twice is done once, and undone is as it was', async () => {
    const before = await writeFile.read(step(), reach);
    await writeFile.apply(step(), before, reach);
    const once = readFileSync(path, 'utf8');
    await writeFile.apply(step(), before, reach);
    expect(readFileSync(path, 'utf8')).toBe(once);
    if (typeof writeFile.undo === 'string') throw new Error('write-file has no way back');
    await writeFile.undo.carryOut(step(), before, reach);
    expect(readFileSync(path, 'utf8')).toBe(listed);
  });

  test('undone after others wrote takes its own entry out, brings back the one it replaced, and leaves theirs', async () => {
    const before = await writeFile.read(step(), reach);
    await writeFile.apply(step(), before, reach);
    const theirs = `${readFileSync(path, 'utf8')}# of another plan\n${toPem(Buffer.from('theirs'))}`;
    writeFileSync(path, theirs);
    if (typeof writeFile.undo === 'string') throw new Error('write-file has no way back');
    // The identity that it was taken from is another by now.
    const later = { certificate: () => Promise.resolve(Buffer.from('later')) } as Partial<Reach> as Reach;
    await writeFile.undo.carryOut(step(), before, later);
    const held = certificatesOfPem(readFileSync(path, 'utf8')).map(String);
    expect(held).toEqual(['kept', 'theirs', 'old']);
    expect(readFileSync(path, 'utf8')).toContain('# of another plan\n');
  });

  test('undone where it had found its entry there already leaves it', async () => {
    writeFileSync(path, toPem(fresh));
    const before = await writeFile.read(step(), reach);
    expect(before.isDone).toBe(true);
    writeFileSync(path, `${toPem(fresh)}${toPem(kept)}`);
    if (typeof writeFile.undo === 'string') throw new Error('write-file has no way back');
    await writeFile.undo.carryOut(step(), before, reach);
    expect(certificatesOfPem(readFileSync(path, 'utf8')).map(String)).toEqual(['fresh', 'kept']);
  });
});
