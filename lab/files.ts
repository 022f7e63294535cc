import type { X509Certificate } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a file in one go: who reads it meanwhile sees the old one or the new one. */
export async function writeWhole(path: string, text: string, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
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
