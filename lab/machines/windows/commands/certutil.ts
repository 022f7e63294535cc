import { createHash, X509Certificate } from 'node:crypto';
import { certificatesOfPem } from '#model/pem.ts';
import { storeNameOf, thumbprintOf, windowsName, type StoreItem, type StoreName } from '../certificate-store.ts';
import type { Call, Program } from '../program.ts';

const titles: Readonly<Record<StoreName, string>> = {
  My: 'My "Personal"',
  Root: 'Root "Trusted Root Certification Authorities"',
  CA: 'CA "Intermediate Certification Authorities"',
  WebHosting: 'WebHosting',
};

/** The first certificate of a file, PEM or DER; null where it holds none. */
export function certificateOf(content: Buffer): X509Certificate | null {
  try {
    const [first] = certificatesOfPem(content.toString('utf8'));
    return new X509Certificate(first ?? content);
  } catch {
    return null;
  }
}

/** `certutil -dump|-store|-addstore|-delstore|-encode|-decode|-hashfile`, of the stores of the machine. */
export const certutil: Program = {
  name: 'certutil',
  run: (call) => {
    const words = call.args.filter((arg) => !/^[-/](f|v|split|silent)$/i.test(arg));
    const verb = (words[0] ?? '').replace(/^[-/]/, '').toLowerCase();
    const run = verbs[verb];
    if (run === undefined) {
      call.io.error(`CertUtil: Unknown arg: ${words[0] ?? ''}\nCertUtil: Use "CertUtil -?" for help.`);
      return 1;
    }
    const failure = run(call, words.slice(1));
    if (failure === null) call.io.print(`CertUtil: -${verb} command completed successfully.`);
    else call.io.print(`CertUtil: -${verb} command FAILED: ${failure}`);
    return failure === null ? 0 : 1;
  },
};

const notFound = '0x80090011 (-2146893807 NTE_NOT_FOUND)\nCertUtil: Object was not found.';
const noArguments = '0x80070057 (WIN32: 87 ERROR_INVALID_PARAMETER)\nCertUtil: The parameter is incorrect.';
const noCertificate = '0x80092009 (-2146885623 CRYPT_E_NO_MATCH)\nCertUtil: Cannot find the requested object.';
const fileThere = '0x80070050 (WIN32: 80 ERROR_FILE_EXISTS)\nCertUtil: The file exists.';
const noData = '0x8007000d (WIN32: 13 ERROR_INVALID_DATA)\nCertUtil: The data is invalid.';

/** Null where it went well, else the code with its words. */
type Verb = (call: Call, words: readonly string[]) => string | null;

const verbs: Readonly<Record<string, Verb>> = {
  store: ({ machine, io }, [name = 'CA', wanted]) => {
    const store = storeNameOf(name);
    if (store === undefined) return notFound;
    io.print(titles[store]);
    const found = machine.certificateStore.items(store).filter((item) => wanted === undefined || matches(item, wanted));
    for (const [at, item] of found.entries()) io.print(itemText(item, at));
    return wanted !== undefined && found.length === 0 ? notFound : null;
  },

  dump: ({ machine, session, io }, [file = '']) => {
    const certificate = file === '' ? null : certificateOf(machine.files.read(file, session.folder));
    if (certificate === null) return noCertificate;
    io.print(`X509 Certificate:\nCert Hash(sha1): ${thumbprintOf(certificate).toLowerCase()}`);
    return null;
  },

  addstore: ({ machine, session, io }, [name = '', file = '']) => {
    const store = storeNameOf(name);
    if (store === undefined || file === '') return noArguments;
    const certificate = certificateOf(machine.files.read(file, session.folder));
    if (certificate === null) return noCertificate;
    const isHeld = machine.certificateStore.find(store, thumbprintOf(certificate)) !== undefined;
    io.print(titles[store]);
    if (certificate.issuer === certificate.subject) io.print('Signature matches Public Key');
    const title = /^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? windowsName(certificate.subject);
    io.print(`Certificate "${title}" ${isHeld ? 'already in store' : 'added to store'}.`);
    if (!isHeld) machine.certificateStore.put(store, certificate);
    return null;
  },

  delstore: ({ machine, io }, [name = '', wanted = '']) => {
    const store = storeNameOf(name);
    if (store === undefined || wanted === '') return noArguments;
    io.print(titles[store]);
    const found = machine.certificateStore.items(store).filter((item) => matches(item, wanted));
    for (const { certificate } of found) machine.certificateStore.delete(store, thumbprintOf(certificate));
    for (let at = 0; at < found.length; at += 1) io.print(`Deleting Certificate ${String(at)}`);
    return found.length === 0 ? notFound : null;
  },

  encode: ({ machine, session, io }, [from = '', to = '']) => {
    if (to === '') return noArguments;
    if (machine.files.exists(to, session.folder)) return fileThere;
    const content = machine.files.read(from, session.folder);
    const lines = content.toString('base64').match(/.{1,64}/g) ?? [];
    const text = ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\r\n');
    machine.files.write(to, text, session.folder);
    io.print(`Input Length = ${String(content.length)}\nOutput Length = ${String(text.length)}`);
    return null;
  },

  decode: ({ machine, session, io }, [from = '', to = '']) => {
    if (to === '') return noArguments;
    if (machine.files.exists(to, session.folder)) return fileThere;
    const text = machine.files.read(from, session.folder).toString('utf8');
    const content = Buffer.from(text.replaceAll(/-----[^-]+-----/g, ''), 'base64');
    if (content.length === 0) return noData;
    machine.files.write(to, content, session.folder);
    io.print(`Input Length = ${String(text.length)}\nOutput Length = ${String(content.length)}`);
    return null;
  },

  hashfile: ({ machine, session, io }, [file = '', algorithm = 'SHA1']) => {
    if (!/^(sha1|sha256|sha512|md5)$/i.test(algorithm)) return noArguments;
    const content = machine.files.read(file, session.folder);
    io.print(`${algorithm.toUpperCase()} hash of ${file}:`);
    io.print(createHash(algorithm.toLowerCase()).update(content).digest('hex'));
    return null;
  },
};

/** By thumbprint, serial number, or a part of the common name. */
function matches({ certificate }: StoreItem, wanted: string): boolean {
  const plain = wanted.replaceAll(' ', '').toUpperCase();
  if (thumbprintOf(certificate) === plain || certificate.serialNumber === plain) return true;
  return (/^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? '').toLowerCase().includes(wanted.toLowerCase());
}

/** `1/31/2026 6:18 PM`, as a machine set to the United States prints it. */
function dateText(date: Date): string {
  return date
    .toLocaleString('en-US', { timeZone: 'UTC', dateStyle: 'short', timeStyle: 'short' })
    .replace(/\/(\d\d),/, '/20$1')
    .replaceAll('\u202f', ' ');
}

function itemText({ certificate, key }: StoreItem, at: number): string {
  const isRoot = certificate.issuer === certificate.subject;
  return [
    `================ Certificate ${String(at)} ================`,
    `Serial Number: ${certificate.serialNumber.toLowerCase()}`,
    `Issuer: ${windowsName(certificate.issuer)}`,
    ` NotBefore: ${dateText(certificate.validFromDate)}`,
    ` NotAfter: ${dateText(certificate.validToDate)}`,
    `Subject: ${windowsName(certificate.subject)}`,
    ...(isRoot
      ? ['Signature matches Public Key', 'Root Certificate: Subject matches Issuer']
      : ['Non-root Certificate']),
    `Cert Hash(sha1): ${thumbprintOf(certificate).toLowerCase()}`,
    ...(key === null
      ? ['No key provider information', 'Cannot find the certificate and private key for decryption.']
      : ['  Provider = Microsoft Software Key Storage Provider', 'Encryption test passed']),
    '',
  ].join('\n');
}
