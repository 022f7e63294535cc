import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { expect } from 'vitest';
import type { Lab } from '#lab/lab.ts';
import type { Run } from '#model/run.ts';

/** Neither the run nor a file that was kept holds a password of the lab, as it is, escaped or in Base64. */
export function expectNoSecrets(run: Run, folder: string, { administrator, centre: { password } }: Lab): void {
  const secrets = [administrator.password, password].flatMap((secret) => [secret, encodeURIComponent(secret)]);
  const coded = ['agent1', 'agent2', 'supervisor1', 'report1', 'ccxadmin'].map((user) =>
    Buffer.from(`${user}:${password}`).toString('base64'),
  );
  for (const bytes of [Buffer.from(JSON.stringify(run)), ...written(folder)])
    for (const secret of [...secrets, ...coded]) expect(bytes.includes(secret)).toBe(false);
}

/** Everything written, with what archives hold. */
function written(folder: string): Buffer[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    if (!entry.isFile()) return [];
    const bytes = readFileSync(join(entry.parentPath, entry.name));
    return bytes.subarray(0, 2).toString() === 'PK'
      ? Object.values(unzipSync(bytes)).map((each) => Buffer.from(each))
      : [bytes];
  });
}
