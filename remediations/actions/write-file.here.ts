import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import * as z from 'zod';
import { sha256 } from '#model/digest.ts';
import type { Sha256 } from '#model/names.ts';
import type { StepOf } from '#model/step.ts';
import { certificatesOfPem, toPem } from '#model/pem.ts';
import type { Action } from './action.ts';

type Write = StepOf<'here', 'write-file'>;
/** `wanted`: the certificate that goes in; the identity it comes from may be another when it is taken out again. */
const before = z.strictObject({ contents: z.string(), isDone: z.boolean(), wanted: z.base64() });

const block = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]*-----END CERTIFICATE-----\n?/g;

/** The list of single certificates that a client profile accepts: one PEM file. */
export const writeFile: Action<Write, z.infer<typeof before>> = {
  before,
  async read(step, reach) {
    const contents = readFileSync(step.path, 'utf8');
    const held = new Set(certificatesOfPem(contents).map(sha256));
    const der = await reach.certificate(step.certificate);
    const isDone = held.has(sha256(der)) && (step.replaces === null || !held.has(step.replaces));
    return { contents, isDone, wanted: der.toString('base64') };
  },
  isDone: (_step, { isDone }) => isDone,
  async apply(step, _before, reach) {
    const der = await reach.certificate(step.certificate);
    writeDurably(step.path, exchanged(readFileSync(step.path, 'utf8'), step.replaces, der));
  },
  undo: {
    words: ({ path }) => `put ${path} back as it was; what others wrote there since stays`,
    carryOut(step, { contents, isDone, wanted }) {
      const now = readFileSync(step.path, 'utf8');
      const der = Buffer.from(wanted, 'base64');
      // Byte for byte where nobody wrote since; else what others put there stays.
      const isAsLeft = now === exchanged(contents, step.replaces, der);
      if (isAsLeft) writeDurably(step.path, contents);
      else if (!isDone) writeDurably(step.path, exchanged(now, sha256(der), heldIn(contents, step.replaces)));
      return Promise.resolve();
    },
  },
};

/** The list without the blocks of `out` and of `der`, and with `der` at its end. Text around the blocks is the operator's, and stays. */
function exchanged(contents: string, out: Sha256 | null, der: Buffer | null): string {
  const wanted = der === null ? null : sha256(der);
  const kept = contents.replace(block, (pem) => {
    const [held] = certificatesOfPem(pem);
    const digest = held === undefined ? null : sha256(held);
    return digest !== null && (digest === out || digest === wanted) ? '' : pem;
  });
  if (der === null) return kept;
  return `${kept === '' || kept.endsWith('\n') ? kept : `${kept}\n`}${toPem(der)}`;
}

/** The certificate of this digest in a list, or null. */
function heldIn(contents: string, digest: Sha256 | null): Buffer | null {
  return certificatesOfPem(contents).find((der) => sha256(der) === digest) ?? null;
}

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
