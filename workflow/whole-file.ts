import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isFileError, messageOf, UsageError } from '#model/errors.ts';

/** Pieces are written together up to about so many characters; longer texts would live until the old in memory is looked through. */
const pageLength = 1 << 16;

/** Writes a file beside its place and moves it there: a reader never meets half of it. */
export function writeWhole(file: string, contents: string | Uint8Array | Iterable<string>, mode = 0o644): void {
  makeFolder(dirname(file));
  const draft = `${file}.${String(process.pid)}.draft`;
  try {
    if (typeof contents === 'string' || contents instanceof Uint8Array) writeFileSync(draft, contents, { mode });
    else writePieces(draft, contents, mode);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    // A disk that is full says so without a path.
    throw isFileError(error) ? Object.assign(error, { path: file }) : error;
  }
}

function writePieces(file: string, pieces: Iterable<string>, mode: number): void {
  const descriptor = openSync(file, 'w', mode);
  try {
    let page = '';
    for (const piece of pieces) {
      page += piece;
      if (page.length < pageLength) continue;
      writeFileSync(descriptor, page);
      page = '';
    }
    writeFileSync(descriptor, page);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes a folder and what is missing above it, level by level: Node's own recursion never ends below a folder such as /proc. */
export function makeFolder(folder: string): void {
  const path = resolve(folder);
  if (existsSync(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Bytes that a run takes at most, in most deployments. */
const roomForRun = 1 << 20;

/** Makes sure of a folder before the work that is to be kept in it. Throws `UsageError`; `matters` says what is lost without it. */
export function ensureWritable(folder: string, matters = 'What is found would be lost.'): void {
  const trial = join(folder, `.uccert-${String(process.pid)}`);
  try {
    makeFolder(folder);
    try {
      // An empty file fits on a full disk.
      writeFileSync(trial, Buffer.alloc(roomForRun));
    } finally {
      rmSync(trial, { force: true });
    }
  } catch (error) {
    throw new UsageError(
      {
        seen: `Nothing can be written into ${folder}: ${messageOf(error)}`,
        matters,
        todo: 'Make room, or name a folder that you may write to with --out, or set $UCCERT_STATE.',
      },
      { cause: error },
    );
  }
}
