import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { certificatesOfPem } from '#model/pem.ts';

/** Makes a folder for its owner alone, level by level: Node's own recursion never ends below a folder such as /proc. */
export function makeFolder(folder: string): void {
  const path = resolve(folder);
  if (existsSync(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Writes a file in one go: who reads it meanwhile sees the old one or the new one. */
export async function writeWhole(path: string, text: string | Uint8Array, mode = 0o644): Promise<void> {
  makeFolder(dirname(path));
  const draft = `${path}.draft`;
  await rm(draft, { force: true });
  await writeFile(draft, text, { mode });
  await rename(draft, path);
}

/** Writes certificates into one PEM file, or removes the file where there are none. */
export async function writeCertificates(path: string, certificates: readonly X509Certificate[]): Promise<void> {
  if (certificates.length === 0) await rm(path, { force: true });
  else await writeWhole(path, certificates.map((certificate) => certificate.toString()).join(''));
}

/** Reads a PEM file of certificates; none where there is no file. */
export async function readCertificates(path: string): Promise<X509Certificate[]> {
  try {
    return certificatesOfPem(await readFile(path, 'utf8')).map((der) => new X509Certificate(der));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
