import { ProbeError } from '#model/errors.ts';
import type { Machine } from '#model/inventory.ts';
import type { KeyStorePlace } from '#model/step.ts';
import { readJavaKeyStore } from '#probes/java-key-store.ts';
import { ownPasswordOn, trustPassword, type StorePasswords } from '#probes/key-store-password.ts';
import { StoreRecord } from '#probes/store-record.ts';
import { apartFrom, type HeldKeyStore, type WindowsHost } from '#remediations/actions/windows-host.ts';
import { pathOn } from '#transports/windows-paths.ts';
import { lookAround, type Surroundings } from '#transports/windows-surroundings.ts';
import type { WindowsShell } from '#transports/windows.ts';

/** Who opens it and for what. */
interface Opened extends Pick<WindowsHost, 'signedIn'> {
  readonly machine: Machine;
  readonly planId: string;
  readonly passwords: StorePasswords;
}

/** A Windows machine with everything that actions ask of it. Throws `ProbeError`. */
export async function windowsHost(shell: WindowsShell, opened: Opened): Promise<WindowsHost> {
  const around = await lookAround(shell);
  const path = (documented: string): string => pathOn(around, documented);
  const temporary = (name: string): string => `${path('%TEMP%')}\\uccert-${opened.planId}-${name}`;
  return {
    shell,
    signedIn: opened.signedIn,
    path,
    requestFile: (unit) => temporary(`${unit.replaceAll(' ', '-')}.csr`),
    friendlyName: (unit) => `${unit} ${opened.planId}`,
    open: (place) => openKeyStore(shell, around, apartOf(place, opened), opened),
    async withFile(name, bytes, use) {
      const file = temporary(name);
      await shell.put(file, bytes);
      try {
        return await use(file);
      } finally {
        await shell.remove(file).catch(() => undefined);
      }
    },
  };
}

/** The file of the plan's own beside a key store, where that is meant. */
function apartOf(place: KeyStorePlace, { planId }: Opened): KeyStorePlace {
  return place.apart === true ? { ...place, path: apartFrom(place.path, planId) } : place;
}

async function openKeyStore(
  shell: WindowsShell,
  around: Surroundings,
  place: KeyStorePlace,
  { machine, passwords }: Opened,
): Promise<HeldKeyStore> {
  const [path, keytool] = [pathOn(around, place.path), pathOn(around, place.keytool)];
  const unusable = (seen: string, todo: string): ProbeError =>
    new ProbeError({ reason: 'file-unreadable', message: `${path}: ${seen}`, todo });
  const isTrust = place.format === 'JKS';
  const field = `${isTrust ? 'trustStorePassword' : 'keyStorePassword'} of ${machine.id}`;
  const toName = `Name ${field} in the inventory, by reference.`;
  const named = isTrust ? passwords.trustStore() : passwords.keyStore();
  const password = named ?? (isTrust ? trustPassword : await ownPasswordOn(shell, around, machine));
  if (password === null) throw unusable(`nobody tells its password, and the inventory names no ${field}`, toName);
  const record = new StoreRecord(machine.id);
  const contents = await readJavaKeyStore(shell, { path, keytool, password }, record);
  if (contents === null) {
    if (place.apart === true) return { shell, keytool, path, format: place.format, password, isNew: true, entries: [] };
    throw unusable('there is no such file', 'Put the file back, from its backup.');
  }
  // keytool would go on with another kind of file and leave what the services cannot read.
  if (place.format === 'JCEKS' && contents.format !== 'JCEKS')
    throw unusable(`it is ${contents.format}, not JCEKS`, 'Put the key store of before back, from its backup.');
  if (contents.integrity === 'refused') {
    if (named !== null)
      throw unusable(
        `the password that the inventory gives for it (${field}) is not its own: correct it`,
        `Correct ${field} in the inventory.`,
      );
    const tried = isTrust ? trustPassword : `the password that ${machine.id} tells`;
    throw unusable(`${tried} does not open it: name ${field} in the inventory`, toName);
  }
  const der = (digest: string): Buffer[] =>
    [...record.certificates].flatMap(([own, bytes]) => (own === digest ? [bytes] : []));
  const entries = contents.parts.flatMap((part): HeldKeyStore['entries'][number][] => {
    if (part.holds === 'key-entry') return [{ alias: part.alias, is: 'key', certificates: part.chain.flatMap(der) }];
    return part.holds === 'trusted-entry'
      ? [{ alias: part.alias, is: 'trusted', certificates: der(part.certificate) }]
      : [];
  });
  return { shell, keytool, path, format: place.format, password, isNew: false, entries };
}
