import type { Machine } from '#model/inventory.ts';
import { isInRange } from '#products/release.ts';
import { passwordInProperties, passwordPrinted } from '#transports/cvp-texts.ts';
import { pathOn } from '#transports/windows-paths.ts';
import type { Surroundings } from '#transports/windows-surroundings.ts';
import type { WindowsShell } from '#transports/windows.ts';

/** The password of every `cacerts` as installed. */
export const trustPassword = 'changeit';

/** The passwords of a machine's key stores of Java as the inventory has them. */
export interface StorePasswords {
  /** Of the key store of CVP; null where the machine itself tells. */
  readonly keyStore: () => string | null;
  /** Of `cacerts`; null where it is as installed. */
  readonly trustStore: () => string | null;
}

/**
 * The password of the CVP key store as the machine itself tells it: encrypted in its file from 12.6(2) on, with a program that decrypts
 * it. Null where it tells none. Throws `ProbeError`.
 */
export async function ownPasswordOn(
  shell: WindowsShell,
  around: Surroundings,
  { release }: Pick<Machine, 'release'>,
): Promise<string | null> {
  if (isInRange(release, { from: '12.6(2)' }) !== false) {
    const { code, out } = await shell.run(pathOn(around, '%CVP_HOME%\\bin\\DecryptKeystoreUtil.bat'));
    return code === 0 ? passwordPrinted(out) : null;
  }
  const { code, out } = await shell.run('more', [pathOn(around, '%CVP_HOME%\\conf\\security.properties')]);
  return code === 0 ? passwordInProperties(out) : null;
}
