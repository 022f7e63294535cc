import * as z from 'zod';
import { Instant, Sha256 } from './names.ts';

/** What a file is by its first bytes, never by its name. */
export const fileFormats = ['PEM', 'DER', 'PKCS #7', 'PKCS #10', 'PKCS #12', 'JKS', 'JCEKS', 'text'] as const;
export const FileFormat = z.enum(fileFormats);
export type FileFormat = z.infer<typeof FileFormat>;

/** What came of opening a private key with the password of its key store. */
const KeyProtection = z.enum(['opened', 'refused', 'not-tried']);

/** One thing a file holds. A private key is named, never kept. */
export const FilePart = z.discriminatedUnion('holds', [
  z.strictObject({ holds: z.literal('certificate'), certificate: Sha256 }),
  /** A certification request (RFC 2986), as DER: it holds no secret. */
  z.strictObject({ holds: z.literal('request'), der: z.base64() }),
  z.strictObject({ holds: z.literal('private-key'), isEncrypted: z.boolean() }),
  z.strictObject({
    holds: z.literal('key-entry'),
    /** Empty where the key store gives the entry no name. */
    alias: z.string(),
    created: Instant.nullable(),
    /** The end entity certificate first. */
    chain: z.array(Sha256),
    key: KeyProtection,
  }),
  z.strictObject({
    holds: z.literal('trusted-entry'),
    alias: z.string(),
    created: Instant.nullable(),
    certificate: Sha256,
  }),
  /** A part that only the password opens. */
  z.strictObject({ holds: z.literal('locked'), what: z.string() }),
  /** A part that cannot be read: where it stands in the file, and why. */
  z.strictObject({ holds: z.literal('broken'), where: z.string(), reason: z.string() }),
  /** Digits of a thumbprint written as text, with the characters among them that nobody sees. */
  z.strictObject({
    holds: z.literal('thumbprint'),
    line: z.int(),
    digits: z.string().regex(/^[0-9a-f]+$/),
    hidden: z.array(z.string()),
  }),
  /** A block of another sort, by its label. */
  z.strictObject({ holds: z.literal('other'), what: z.string() }),
]);
export type FilePart = z.infer<typeof FilePart>;

/** What stands in a file. */
export const FileContents = z.strictObject({
  format: FileFormat,
  /** Labels of the PEM blocks, in order, as spelled in the file (RFC 7468 section 3). */
  labels: z.array(z.string()),
  /** Whether a byte order mark stands before the text. */
  hasByteOrderMark: z.boolean(),
  parts: z.array(FilePart),
  /** What the password did to the integrity value of the key store. */
  integrity: z.enum(['verified', 'refused', 'not-checked']),
  /** Of the file, where all of it was fetched from a machine. */
  sha256: Sha256.optional(),
});
export type FileContents = z.infer<typeof FileContents>;

/**
 * What the caller gave a file as: to be judged, or as evidence beside it. `store`: the trust store of the machine that the
 * certificates are meant for.
 */
export const fileRoles = ['checked', 'request', 'intermediates', 'anchors', 'store'] as const;
export const FileRole = z.enum(fileRoles);
export type FileRole = z.infer<typeof FileRole>;

/** A file as `uccert check` met it. */
export const CertificateFile = z.strictObject({
  role: FileRole,
  /** Certificate purpose it is to be uploaded as, `tomcat` or `tomcat-trust`; null where the caller did not say. */
  unit: z.string().nullable(),
  /** Names that the certificate must be for; empty where the caller did not say. */
  names: z.array(z.string()),
  contents: FileContents,
});
export type CertificateFile = z.infer<typeof CertificateFile>;
