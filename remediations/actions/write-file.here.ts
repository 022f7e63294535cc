import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { sha256 } from '#model/digest.ts';
import type { StepOf } from '#model/plan.ts';
import { certificatesOfPem, toPem } from '#model/pem.ts';
import type { Action } from './action.ts';

type Write = StepOf<'here', 'write-file'>;
const before = z.strictObject({ contents: z.string(), isDone: z.boolean() });

const block = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]*-----END CERTIFICATE-----\n?/g;

/** The list of single certificates that a client profile accepts: one PEM file. */
export const writeFile: Action<Write, z.infer<typeof before>> = {
  before,
  async read(step, reach) {
    const contents = readFileSync(step.path, 'utf8');
    const held = new Set(certificatesOfPem(contents).map(sha256));
    const wanted = sha256(await reach.certificate(step.certificate));
    return { contents, isDone: held.has(wanted) && (step.replaces === null || !held.has(step.replaces)) };
  },
  isDone: (_step, { isDone }) => isDone,
  async apply(step, _before, reach) {
    const der = await reach.certificate(step.certificate);
    const wanted = sha256(der);
    const contents = readFileSync(step.path, 'utf8');
    // Text around the blocks is the operator's, and stays.
    const kept = contents.replace(block, (pem) => {
      const [old] = certificatesOfPem(pem);
      const digest = old === undefined ? null : sha256(old);
      return digest === step.replaces || digest === wanted ? '' : pem;
    });
    writeDurably(step.path, `${kept === '' || kept.endsWith('\n') ? kept : `${kept}\n`}${toPem(der)}`);
  },
  undo(step, { contents }) {
    writeDurably(step.path, contents);
    return Promise.resolve();
  },
};

/** Whole or not at all, and on the disk before it counts. */
function writeDurably(path: string, contents: string): void {
  const draft = `${path}.${randomBytes(4).toString('hex')}`;
  const file = openSync(draft, 'wx', statSync(path).mode & 0o777);
  try {
    writeSync(file, contents);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}
