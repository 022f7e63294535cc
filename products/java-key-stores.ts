import type { Machine } from '#model/inventory.ts';
import type { KeyStorePlace } from '#model/step.ts';
import { storesOn } from './index.ts';
import type { IdentityStore } from './product.ts';
import { isInRange } from './release.ts';

/** keytool of the Java that CVP runs in (CVP 15.0(1), Unified CVP Security), and that of CCE (PCCE 15.0, Security Certificates). */
export const javaOfCvp = '%CVP_HOME%\\jre\\bin\\keytool.exe';
export const javaOfCce = '%CCE_JAVA_HOME%\\bin\\keytool.exe';

/** That of the Java of CVP itself: System CLI trusts by it, and JMX without TLS. */
export const ownCacerts = '%CVP_HOME%\\jre\\lib\\security\\cacerts';
/** That of the Java of CCE: System CLI goes on reading it. */
export const cacertsOfOpenJdk = '%CCE_JAVA_HOME%\\lib\\security\\cacerts';

/** The file of a trust store in the machine's release; the newest where the release is not known. Null where no document names one. */
export function trustFileOf({ release }: Pick<Machine, 'release'>, { trustFiles = [] }: IdentityStore): string | null {
  return trustFiles.filter(({ releases }) => isInRange(release, releases ?? {}) !== false).at(-1)?.path ?? null;
}

/** The key store files that go by the name of a trust store on a machine: of `cacerts` two, for two readers. None where it is no file. */
export function keyStoresOf(machine: Machine, trust: string): readonly KeyStorePlace[] {
  const store = storesOn(machine).find((each) => each.trust === trust);
  const path = store === undefined ? null : trustFileOf(machine, store);
  if (path === null) return [];
  if (path.startsWith('%CVP_HOME%')) return [{ store: trust, path, format: 'JCEKS', keytool: javaOfCvp }];
  const ofRelease = { store: trust, path, format: 'JKS', keytool: javaOfCce } as const;
  const ofJava = { ...ofRelease, store: `${trust} of OpenJDK`, path: cacertsOfOpenJdk };
  return path === cacertsOfOpenJdk ? [ofRelease] : [ofRelease, ofJava];
}
