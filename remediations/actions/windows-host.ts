import type { KeyStorePlace } from '#model/step.ts';
import type { OpenedKeyStore } from '#transports/keytool.ts';
import type { ShownEntry } from '#transports/keytool-texts.ts';
import type { WindowsShell } from '#transports/windows.ts';

/** A key store that is there, with what it held when it was opened. */
export interface HeldKeyStore extends OpenedKeyStore {
  readonly entries: readonly ShownEntry[];
}

/** The file of a plan's own beside a key store. */
export function apartFrom(path: string, planId: string): string {
  return `${path}.${planId}.new`;
}

/** A Windows machine that somebody who may change it is signed in to. */
export interface WindowsHost {
  readonly shell: WindowsShell;
  /** Where it is and who is signed in: programs of CVP ask for it once more. */
  readonly signedIn: { readonly address: string; readonly user: string; readonly password: string };
  /** A path as documents write it, as this machine knows it. */
  path(documented: string): string;
  /** Opens a key store, or the file of this plan apart from it. Throws `ProbeError` where a key store is no file: keytool would make one, of another kind. */
  open(place: KeyStorePlace): Promise<HeldKeyStore>;
  /** The file in which the request of this plan for an identity waits for its reply. */
  requestFile(unit: string): string;
  /** The friendly name of what this plan makes for an identity, by which it is found again. */
  friendlyName(unit: string): string;
  /** A file in the folder for temporary ones, there while it is used. */
  withFile<Result>(name: string, bytes: Buffer, use: (path: string) => Promise<Result>): Promise<Result>;
}
