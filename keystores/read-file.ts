import type { FilePart } from '#model/certificate-file.ts';
import { member, membersOf, oidOf, readValue, tag, type Value } from '#x509/ber.ts';
import { readCertificationRequest } from '#x509/certification-request.ts';
import { Gathering, Unreadable, type Reading } from './contents.ts';
import { javaFormat, readJavaKeystore } from './java.ts';
import { readPem } from './pem.ts';
import { isPkcs12, readPkcs12 } from './pkcs12.ts';
import { certificatesOfPkcs7, isPkcs7 } from './pkcs7.ts';
import { thumbprintsOf } from './thumbprint.ts';

/** The largest file that is read, in octets: a trust store of the world's authorities is a hundredth of it. */
export const largestFile = 16 * 1024 * 1024;

/** More blocks than any file of certificates has. */
const mostBlocks = 10_000;

const exportAgain =
  'Export it again as PEM, DER, PKCS #7, PKCS #10, PKCS #12, JKS or JCEKS; or leave it out of the call.';

/**
 * Reads a file by its first bytes: PEM, DER, PKCS #7, PKCS #10, PKCS #12, JKS, JCEKS, or text. Its name is not looked at.
 * The password is for a key store. Throws `Unreadable` for what is none of them; a part that cannot be read is a part of
 * the answer. No private key is kept.
 */
export function readFile(bytes: Uint8Array, password: string | null = null): Reading {
  if (bytes.length === 0) throw new Unreadable('the file is empty', 'Export or fetch it again; or leave it out.');
  if (bytes.length > largestFile)
    throw new Unreadable(`the file has more than ${String(largestFile / 1024 / 1024)} MB`, exportAgain);
  const java = javaFormat(bytes);
  if (java !== null) return readJavaKeystore(bytes, java, password);
  if (isPkcs12(bytes)) return readPkcs12(bytes, password);
  const text = textOf(bytes);
  if (text !== null) return readText(text, bytes);
  const gathering = new Gathering();
  if (bytes[0] === tag.sequence) {
    if (isPkcs7(bytes)) {
      gathering.parts.push(...pkcs7Parts(bytes, gathering, 'the file'));
      return gathering.reading({ format: 'PKCS #7' });
    }
    const part = partOfDer(bytes, gathering);
    if (part !== null) {
      gathering.parts.push(part);
      return gathering.reading({ format: part.holds === 'request' ? 'PKCS #10' : 'DER' });
    }
  }
  throw new Unreadable('its first bytes are those of no format that holds certificates', exportAgain, {
    isForeign: true,
  });
}

function pkcs7Parts(der: Uint8Array, gathering: Gathering, where: string): FilePart[] {
  try {
    const list = certificatesOfPkcs7(der);
    if (list.length === 0) throw new Error('it holds no certificate');
    return list.map((each) => ({ holds: 'certificate', certificate: gathering.certificate(each) }));
  } catch (error) {
    return [broken(where, error)];
  }
}

function broken(where: string, error: unknown): FilePart {
  return { holds: 'broken', where, reason: error instanceof Error ? error.message : String(error) };
}

/** What one DER value is, by its structure; null for what is none of ours. */
function partOfDer(der: Uint8Array, gathering: Gathering): FilePart | null {
  let parts: Value[];
  try {
    parts = membersOf(readValue(der));
  } catch {
    // A certificate that was cut off is still meant as one: what is wrong with it is for the detector to say.
    return { holds: 'certificate', certificate: gathering.certificate(der) };
  }
  const [first, second, third] = parts;
  if (first?.tag === tag.sequence && second?.tag === tag.sequence && third?.tag === tag.bitString) {
    if (!isRequest(first)) return { holds: 'certificate', certificate: gathering.certificate(der) };
    return requestPart(der);
  }
  // RFC 5208, RFC 8017 appendix A.1.2, RFC 5915: a version, then what only a key has.
  if (first?.tag === tag.integer && first.content.length === 1) return { holds: 'private-key', isEncrypted: false };
  if (first?.tag === tag.sequence && second?.tag === tag.octetString && startsWithOid(first))
    return { holds: 'private-key', isEncrypted: true };
  return null;
}

/** CertificationRequestInfo is version, subject, key and [0] attributes: RFC 2986 section 4.1. A TBSCertificate is longer. */
function isRequest(info: Value): boolean {
  try {
    const parts = membersOf(info);
    return parts[0]?.tag === tag.integer && parts.length <= 4 && parts[1]?.tag === tag.sequence;
  } catch {
    return false;
  }
}

function startsWithOid(value: Value): boolean {
  try {
    return oidOf(member(value, 0, tag.oid)) !== '';
  } catch {
    return false;
  }
}

function requestPart(der: Uint8Array, where = 'the file'): FilePart {
  try {
    // An authority looks at this first: whoever sent the request must hold its key.
    if (readCertificationRequest(der).isSignatureValid === false)
      throw new Error('its signature does not verify with its own key: it was changed after it was made');
    return { holds: 'request', der: Buffer.from(der).toString('base64') };
  } catch (error) {
    return broken(where, error);
  }
}

/** The bytes as text, or null where they are none. Windows writes text as UTF-16 when asked for Unicode. */
function textOf(bytes: Uint8Array): string | null {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  try {
    const text = new TextDecoder(utf16 ?? 'utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    // A control character but tab, line feed and form feed is no text.
    return /[\u0000-\u0008\u000e-\u001f]/.test(text) ? null : text;
  } catch {
    // What openssl prints around a block may hold a name in Latin-1.
    const latin = Buffer.from(bytes).toString('latin1');
    return utf16 === null && latin.includes('-----BEGIN ') && !latin.includes('\0') ? latin : null;
  }
}

function readText(text: string, bytes: Uint8Array): Reading {
  const gathering = new Gathering();
  const hasByteOrderMark = text.startsWith('\ufeff');
  const blocks = readPem(hasByteOrderMark ? text.slice(1) : text);
  if (blocks.length > mostBlocks)
    throw new Unreadable(`the file has more than ${String(mostBlocks)} PEM blocks`, 'Cut it into several files.');
  for (const block of blocks) {
    const where = `the block ${block.label} at line ${String(block.line)}`;
    gathering.parts.push(
      ...('broken' in block
        ? [{ holds: 'broken', where, reason: block.broken } as const]
        : partsOfBlock(block.label, block.bytes, block.isEncrypted, where, gathering)),
    );
  }
  const labels = blocks.map(({ label }) => label);
  if (blocks.length > 0) return gathering.reading({ format: 'PEM', labels, hasByteOrderMark });
  gathering.parts.push(...thumbprintsOf(text));
  if (gathering.parts.length > 0) return gathering.reading({ format: 'text', hasByteOrderMark });
  if (/^\s*\ufeff?\s*MI[A-Za-z0-9+/=\s]{60,}$/.test(text))
    throw new Unreadable(
      'the file is base64 without BEGIN and END lines',
      'Put -----BEGIN CERTIFICATE----- before it and -----END CERTIFICATE----- after it, each on a line of its own.',
    );
  const begins = Buffer.from(bytes.subarray(0, 40)).toString('latin1').trimStart();
  throw new Unreadable(
    begins.startsWith('<')
      ? 'the file is a web page or XML: the download fetched an error or sign-in page'
      : 'the file is text, and no line of it begins a certificate, request or key',
    exportAgain,
    { isForeign: true },
  );
}

function partsOfBlock(
  label: string,
  der: Uint8Array,
  isEncrypted: boolean,
  where: string,
  gathering: Gathering,
): FilePart[] {
  switch (label) {
    case 'CERTIFICATE':
    case 'X509 CERTIFICATE':
      return [{ holds: 'certificate', certificate: gathering.certificate(der) }];
    case 'TRUSTED CERTIFICATE': {
      // OpenSSL's own: what it trusts the certificate for follows the certificate.
      try {
        return [{ holds: 'certificate', certificate: gathering.certificate(readValue(der).encoded) }];
      } catch (error) {
        return [broken(where, error)];
      }
    }
    case 'CERTIFICATE REQUEST':
    case 'NEW CERTIFICATE REQUEST':
      return [requestPart(der, where)];
    case 'PKCS7':
    case 'CMS':
      return isPkcs7(der) ? pkcs7Parts(der, gathering, where) : [broken(where, new Error('it is no PKCS #7'))];
    default:
      return [
        label.endsWith('PRIVATE KEY')
          ? { holds: 'private-key', isEncrypted: isEncrypted || label.startsWith('ENCRYPTED') }
          : { holds: 'other', what: label },
      ];
  }
}
