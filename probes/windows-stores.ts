import { createHash } from 'node:crypto';
import type { FileContents } from '#model/certificate-file.ts';
import { ProbeError, UsageError } from '#model/errors.ts';
import type { Machine } from '#model/inventory.ts';
import type { Observed, ProbeFailure } from '#model/observation.ts';
import { certificatesOfPem } from '#model/pem.ts';
import { listenersOn, storesOn } from '#products/index.ts';
import { cacertsOfOpenJdk, javaOfCce, javaOfCvp, ownCacerts, trustFileOf } from '#products/java-key-stores.ts';
import type { IdentityStore } from '#products/product.ts';
import { bindingsIn, type ShownBinding } from '#transports/netsh-texts.ts';
import { valueIn } from '#transports/reg-texts.ts';
import { diagnosticKey, diagnosticValue } from '#transports/windows-bindings.ts';
import { pathOn } from '#transports/windows-paths.ts';
import { lookAround, type Surroundings, type WindowsStore } from '#transports/windows-surroundings.ts';
import type { WindowsShell } from '#transports/windows.ts';
import type { Haul } from './endpoint.ts';
import { readJavaKeyStore } from './java-key-store.ts';
import { ownPasswordOn, trustPassword, type StorePasswords } from './key-store-password.ts';
import { StoreRecord } from './store-record.ts';

/** How uccert gets onto the machine and into its key stores. */
export interface WindowsWay {
  /** Signs in, once. */
  readonly open: () => Promise<WindowsShell>;
  readonly passwords: StorePasswords;
}

/**
 * Reads the stores of a Windows machine over its own command line and by SFTP: key stores of Java, certificate stores and
 * bindings of Windows, host.pem. Private keys of Windows and host.key are not asked for. A sign-in that fails is tried once and
 * makes every store a failed observation with the reason.
 */
export async function probeWindowsStores(machine: Machine, way: WindowsWay): Promise<Haul> {
  const record = new StoreRecord(machine.id);
  const stores = storesOn(machine);
  let shell: WindowsShell | undefined;
  try {
    shell = await way.open();
    await new Reading(machine, shell, await lookAround(shell), record, way).all(stores);
  } catch (error) {
    // A credential that cannot be had is the operator's to put right, before anything is judged.
    if (error instanceof UsageError) throw error;
    for (const { identity, trust, keptIn } of stores) {
      record.failed('identity-store', identity, error);
      record.failed('trust-store', trust, error);
      if (keptIn?.by === 'java-key-store') record.failed('key-store', trust, error);
      if (keptIn?.by === 'windows-store') record.failed('binding', identity, error);
    }
  } finally {
    shell?.close();
  }
  return record;
}

/** One machine being read. */
class Reading {
  readonly #machine: Machine;
  readonly #shell: WindowsShell;
  readonly #around: Surroundings;
  readonly #record: StoreRecord;
  readonly #way: WindowsWay;

  constructor(machine: Machine, shell: WindowsShell, around: Surroundings, record: StoreRecord, way: WindowsWay) {
    this.#machine = machine;
    this.#shell = shell;
    this.#around = around;
    this.#record = record;
    this.#way = way;
  }

  async all(stores: readonly IdentityStore[]): Promise<void> {
    const keptBy = (by: string): IdentityStore[] => stores.filter(({ keptIn }) => keptIn?.by === by);
    await this.#keyStores(keptBy('java-key-store'));
    if (keptBy('java-key-store').length > 0) await this.#ownCacerts();
    await this.#bindings(keptBy('windows-store'));
    for (const store of keptBy('pem-files')) await this.#pemFile(store);
    const trusts = new Map(stores.map((store) => [store.trust, store]));
    for (const store of trusts.values()) if (store.keptIn?.by !== 'java-key-store') await this.#trust(store);
  }

  /** Identities and trusted certificates of one product lie in one key store of Java. */
  async #keyStores(stores: readonly IdentityStore[]): Promise<void> {
    for (const [trust, kept] of Map.groupBy(stores, (store) => store.trust)) {
      const path = kept[0]?.keptIn?.path ?? '';
      let contents: FileContents;
      try {
        const keytool = pathOn(this.#around, javaOfCvp);
        contents = await this.#java(path, keytool, await this.#keyStorePassword());
        this.#record.recorded('key-store', trust, contents);
      } catch (error) {
        if (error instanceof UsageError) throw error;
        this.#record.failed('key-store', trust, error);
        this.#record.failed('trust-store', trust, error);
        for (const { identity } of kept) this.#record.failed('identity-store', identity, error);
        continue;
      }
      await this.#record.attempt('trust-store', trust, () => trusted(contents, path));
      for (const { identity } of kept)
        await this.#record.attempt('identity-store', identity, () => identityIn(contents, identity, path));
    }
  }

  /** That of Java itself: System CLI of CVP trusts by it (CVP 15.0(1), Unified CVP Security), and JMX without TLS. */
  async #ownCacerts(): Promise<void> {
    const keytool = pathOn(this.#around, javaOfCvp);
    await this.#record.attempt('trust-store', 'cacerts of the JRE', async () =>
      trusted(await this.#java(ownCacerts, keytool, this.#trustPassword()), ownCacerts),
    );
  }

  async #java(path: string, keytool: string, password: string | null): Promise<FileContents> {
    const keystore = { path: pathOn(this.#around, path), keytool, password };
    const contents = await readJavaKeyStore(this.#shell, keystore, this.#record);
    if (contents === null) throw new ProbeError(noFile(keystore.path));
    return contents;
  }

  /** As the inventory says, else as the machine tells. */
  async #keyStorePassword(): Promise<string | null> {
    return this.#way.passwords.keyStore() ?? (await ownPasswordOn(this.#shell, this.#around, this.#machine));
  }

  #trustPassword(): string {
    return this.#way.passwords.trustStore() ?? trustPassword;
  }

  /** What Windows presents at the ports of its own web servers, and the certificate that the binding names. */
  async #bindings(stores: readonly IdentityStore[]): Promise<void> {
    if (stores.length === 0) return;
    let listed: readonly ShownBinding[];
    try {
      listed = await this.#listedBindings();
    } catch (error) {
      for (const { identity } of stores) {
        this.#record.failed('binding', identity, error);
        this.#record.failed('identity-store', identity, error);
      }
      return;
    }
    for (const { identity } of stores) {
      const port = listenersOn(this.#machine).find(({ presents }) => presents === identity)?.port;
      if (port === undefined) continue;
      const ofPort = listed.filter((each) => each.port === port);
      // The binding for every address serves whoever names no host.
      const bound = ofPort.find(({ address }) => address === '0.0.0.0') ?? ofPort[0];
      const der = bound === undefined ? null : this.#certificateOf(bound.thumbprint, bound.store ?? 'My');
      const certificate = der === null ? null : this.#record.keep(der);
      await this.#record.attempt('binding', identity, async () => ({
        port,
        thumbprint: bound?.thumbprint ?? null,
        certificate,
        noted: identity === 'Diagnostic Framework' ? await this.#noted() : null,
      }));
      this.#record.recorded('identity-store', identity, { unit: identity, certificate });
    }
  }

  async #listedBindings(): Promise<readonly ShownBinding[]> {
    const { code, out, errors } = await this.#shell.run('netsh', ['http', 'show', 'sslcert']);
    const listed = bindingsIn(out);
    if (listed.length > 0 || code === 0) return listed;
    throw new ProbeError({
      reason: 'unexpected-answer',
      to: 'netsh http show sslcert',
      answer: (out + errors).trim().slice(-300),
    });
  }

  async #noted(): Promise<string | null> {
    const { out } = await this.#shell.run('reg', ['query', diagnosticKey, '/v', diagnosticValue]);
    return valueIn(out, diagnosticValue);
  }

  #certificateOf(thumbprint: string, store: string): Buffer | null {
    const held = this.#around.certificates.find(
      (each) => each.store.toLowerCase() === store.toLowerCase() && thumbprintOf(each.der) === thumbprint,
    );
    return held?.der ?? null;
  }

  async #pemFile({ identity, keptIn }: IdentityStore): Promise<void> {
    await this.#record.attempt('identity-store', identity, async () => {
      // The path of the key stands behind that of the certificate.
      const path = pathOn(this.#around, keptIn?.path.split(' and ')[0] ?? '');
      const fetched = await this.#shell.fetch(path);
      if (fetched.is === 'refused')
        throw new ProbeError({ reason: 'unexpected-answer', to: `SFTP of ${path}`, answer: 'refused' });
      if (fetched.is === 'no-file') return { unit: identity, certificate: null };
      const [own, ...issuers] = certificatesOfPem(fetched.bytes.toString('utf8')).map((der) => this.#record.keep(der));
      return { unit: identity, certificate: own ?? null, issuers };
    });
  }

  async #trust(store: IdentityStore): Promise<void> {
    const file = trustFileOf(this.#machine, store);
    if (file === null) {
      this.#record.recorded('trust-store', store.trust, { entries: this.#windowsEntries(store.trust) });
      return;
    }
    const read = (path: string) => async (): Promise<Observed<'trust-store'>> =>
      trusted(await this.#java(path, pathOn(this.#around, javaOfCce), this.#trustPassword()), path);
    await this.#record.attempt('trust-store', store.trust, read(file));
    // System CLI goes on reading that of Java.
    if (file !== cacertsOfOpenJdk)
      await this.#record.attempt('trust-store', `${store.trust} of OpenJDK`, read(cacertsOfOpenJdk));
  }

  /** `LocalMachine\Root`, or `LocalMachine\My, Root and CA`. What lies in CA completes paths whichever is named. */
  #windowsEntries(store: string): Observed<'trust-store'>['entries'] {
    const named = (['My', 'Root'] as const).filter((each) => new RegExp(`\\b${each}\\b`).test(store));
    const wanted: readonly WindowsStore[] = [...named, 'CA'];
    return this.#around.certificates
      .filter((each) => wanted.includes(each.store))
      .map(({ store: held, der }) => ({
        name: `${held}/${thumbprintOf(der)}`,
        certificate: this.#record.keep(der),
        in: held,
      }));
  }
}

function trusted(contents: FileContents, path: string): Observed<'trust-store'> {
  whole(contents, path);
  return {
    entries: contents.parts.flatMap((part) =>
      part.holds === 'trusted-entry' ? [{ name: part.alias, certificate: part.certificate }] : [],
    ),
  };
}

/** keytool writes aliases in small letters and does not tell them from large ones. */
function identityIn(contents: FileContents, alias: string, path: string): Observed<'identity-store'> {
  whole(contents, path);
  for (const part of contents.parts) {
    if (part.holds !== 'key-entry' || part.alias.toLowerCase() !== alias.toLowerCase()) continue;
    const [certificate = null, ...issuers] = part.chain;
    return { unit: alias, certificate, issuers };
  }
  return { unit: alias, certificate: null };
}

/** An entry behind one that cannot be read may be there all the same. */
function whole({ parts }: FileContents, path: string): void {
  const closed = parts.find(({ holds }) => holds === 'broken' || holds === 'locked');
  if (closed === undefined) return;
  const why = closed.holds === 'broken' ? closed.reason : 'only its password opens it';
  const todo = 'Copy the key store from the machine and look at it: uccert check FILE.';
  throw new ProbeError({ reason: 'file-unreadable', message: `${path} cannot be read whole: ${why}`, todo });
}

function noFile(path: string): ProbeFailure {
  return { reason: 'unexpected-answer', to: path, answer: 'there is no such file' };
}

function thumbprintOf(der: Uint8Array): string {
  return createHash('sha1').update(der).digest('hex');
}
