import { X509Certificate } from 'node:crypto';
import { asSigned, daysFrom, issue, newKey } from '../../../authority.ts';
import { thumbprintOf, type StoreName } from '../certificate-store.ts';
import { certificateOf } from '../commands/certutil.ts';
import { PathError } from '../file-system.ts';
import { Failure, subjects, type Cmdlet, type Invocation } from './cmdlet.ts';
import { certificatePath, certificateThing, propertyOf, textOf, type Value } from './values.ts';

function storeOf({ parameters, name }: Invocation): StoreName {
  const path = textOf(parameters.get('certstorelocation') ?? '');
  const store = certificatePath(path)?.store;
  if (store != null) return store;
  throw new Failure(
    name,
    `Cannot find path '${path}' because it does not exist.`,
    `ObjectNotFound: (${path}:String) [${name}], ItemNotFoundException`,
    `System.Management.Automation.ItemNotFoundException`,
  );
}

function noFile({ name }: Invocation): Failure {
  return new Failure(
    name,
    'The system cannot find the file specified. 0x80070002 (WIN32: 2 ERROR_FILE_NOT_FOUND)',
    `NotSpecified: (:) [${name}], FileNotFoundException`,
    'System.IO.FileNotFoundException',
  );
}

/** Imports, exports and makes certificates. */
export const certificates: Readonly<Record<string, Cmdlet>> = {
  'Import-Certificate': (invocation) => {
    const { machine, session } = invocation.scope.call;
    const store = storeOf(invocation);
    const file = textOf(invocation.parameters.get('filepath') ?? invocation.positional[0] ?? '');
    let content: Buffer;
    try {
      content = machine.files.read(file, session.folder);
    } catch (error) {
      if (error instanceof PathError) throw noFile(invocation);
      throw error;
    }
    const certificate = certificateOf(content);
    if (certificate === null) {
      throw new Failure(
        invocation.name,
        'Cannot find the requested object. 0x80092009 (-2146885623 CRYPT_E_NO_MATCH)',
        `NotSpecified: (:) [${invocation.name}], ArgumentException`,
        'System.ArgumentException',
      );
    }
    return [certificateThing(machine.certificateStore.put(store, certificate), store)];
  },

  /** As DER, as the cmdlet does it unless told otherwise. */
  'Export-Certificate': (invocation) => {
    const { machine, session } = invocation.scope.call;
    const file = textOf(invocation.parameters.get('filepath') ?? '');
    for (const thing of subjects(invocation, 'cert')) {
      const raw = propertyOf(thing, 'RawData');
      if (raw instanceof Uint8Array) machine.files.write(file, new X509Certificate(raw).raw, session.folder);
    }
    return machine.files.list(file, session.folder).map(({ name }) => name);
  },

  'New-SelfSignedCertificate': async (invocation) => {
    const { machine } = invocation.scope.call;
    const store = storeOf(invocation);
    const given = invocation.parameters.get('dnsname') ?? machine.fqdn;
    const names = (Array.isArray(given) ? (given as readonly Value[]) : [given]).map(textOf);
    const length = Number(textOf(invocation.parameters.get('keylength') ?? 2048));
    const until = invocation.parameters.get('notafter');
    const { certificate, key } = await issue({
      ...asSigned,
      commonName: names[0] ?? machine.fqdn,
      names,
      notBefore: daysFrom(machine.now(), 0),
      notAfter: until instanceof Date ? until : daysFrom(machine.now(), 365),
      key: await newKey({ rsa: [2048, 3072, 4096].includes(length) ? length : 2048 }),
      issuer: 'self',
    });
    const title = textOf(invocation.parameters.get('friendlyname') ?? '');
    machine.certificateStore.put(store, certificate, key.privateKey, title);
    const item = machine.certificateStore.find(store, thumbprintOf(certificate));
    return item === undefined ? [] : [certificateThing(item, store)];
  },
};
