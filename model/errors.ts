import { failureWords } from './failure-words.ts';
import type { ProbeFailure } from './observation.ts';

/** The three parts of every message: what was seen, why it matters, what to do. */
export interface Parts {
  readonly seen: string;
  readonly matters: string;
  readonly todo: string;
}

function inWords(parts: Parts): string {
  return [parts.seen, parts.matters, parts.todo].join('\n');
}

/** Something the caller can put right: usage, inventory, credentials, a file. Exit code 3, no stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(parts: Parts, options?: ErrorOptions) {
    super(inWords(parts), options);
  }
}

/** uccert will not do it now: stale plan, lock held, outside the window, irreversible without consent. Exit code 4, no stack. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(parts: Parts, options?: ErrorOptions) {
    super(inWords(parts), options);
  }
}

/** A peer did not answer as asked. Becomes data: the failure of an observation, or the reason a step did not succeed. */
export class ProbeError extends Error {
  override readonly name = 'ProbeError';
  readonly failure: ProbeFailure;

  constructor(failure: ProbeFailure, options?: ErrorOptions) {
    super(failureWords(failure).seen, options);
    this.failure = failure;
  }
}

/** What people read of the errors that files give; the code stands behind it, for whoever looks it up. */
const fileWords: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'the system does not allow it',
  EISDIR: 'it is a folder, not a file',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'it is there already',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EFBIG: 'the file would be larger than allowed',
  ELOOP: 'its links lead round in a ring',
  ENAMETOOLONG: 'the name is too long',
};

/** A file or folder that is not there, not ours, or full: the operator's to put right. */
export function isFileError(error: unknown): error is NodeJS.ErrnoException & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code in fileWords;
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  if (isFileError(thrown)) {
    const words = `${fileWords[thrown.code] ?? ''} (${thrown.code})`;
    return thrown.path === undefined ? words : `${thrown.path}: ${words}`;
  }
  return thrown instanceof Error ? thrown.message : String(thrown);
}
