import { sha256 } from '#model/digest.ts';
import type { FileContents, FilePart } from '#model/certificate-file.ts';
import type { Sha256 } from '#model/names.ts';

/** What a reader found in a file: the document's part of it, and the certificates that it names, as DER. */
export interface Reading {
  readonly contents: FileContents;
  readonly certificates: ReadonlyMap<Sha256, Uint8Array>;
}

/** Gathers what a reader meets. Certificates are kept by digest, each once; keys are not kept at all. */
export class Gathering {
  readonly certificates = new Map<Sha256, Uint8Array>();
  readonly parts: FilePart[] = [];

  certificate(der: Uint8Array): Sha256 {
    const digest = sha256(der);
    // A copy: the file's own bytes, which may hold a key, are let go.
    if (!this.certificates.has(digest)) this.certificates.set(digest, Uint8Array.from(der));
    return digest;
  }

  reading(rest: Partial<FileContents> & Pick<FileContents, 'format'>): Reading {
    const { parts, certificates } = this;
    return {
      contents: { labels: [], hasByteOrderMark: false, integrity: 'not-checked', ...rest, parts },
      certificates,
    };
  }
}

/** A file that no reader can make anything of: what was seen, and what to do. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly todo: string;
  /** Whether it is a file of another sort altogether: in a folder such files lie beside certificates. */
  readonly isForeign: boolean;

  constructor(seen: string, todo: string, { isForeign = false } = {}) {
    super(seen);
    this.todo = todo;
    this.isForeign = isForeign;
  }
}
