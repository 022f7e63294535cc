import type { MachineType } from '#model/names.ts';
import type { Source, Sources } from '#model/source.ts';
import { rfc } from '#model/rfc.ts';
import { productOf } from './index.ts';
import { cisco, keytoolTried } from './sources.ts';

/** How a certificate gets from a file into a machine. */
export type FileRules =
  /** Upload in Unified OS Administration, or `set cert import`. */
  | { readonly by: 'os-administration' }
  /** keytool, into one key store with the identities under fixed aliases. */
  | {
      readonly by: 'keytool';
      readonly keystore: { readonly format: 'JCEKS'; readonly path: string };
      readonly aliases: readonly [string, ...string[]];
    };

/** What the documents say of files for this machine type; null where none says anything. */
export function fileRulesOf(type: MachineType): FileRules | null {
  const { platform, stores } = productOf(type);
  if (platform === 'vos') return { by: 'os-administration' };
  const aliases = stores.flatMap(({ identity, keptIn }) =>
    keptIn?.by === 'java-key-store' ? [{ identity, keystore: keptIn }] : [],
  );
  const [first, ...others] = aliases;
  if (first === undefined) return null;
  return {
    by: 'keytool',
    keystore: first.keystore,
    aliases: [first.identity, ...others.map(({ identity }) => identity)],
  };
}

/** Where the aliases and the format of CVP's key store are documented. */
export const cvpKeystoreSources: Sources = [cisco.cvpSigned('Aliases and key store of CVP')];

/** What a program says to a file that it does not take: its words, or null where no document holds them. */
export interface Refusal {
  readonly says: string | null;
  readonly source: Source;
}

/** OS Administration at an upload. An inferred one says that its words, or its link with the cause, stand in no document. */
export const osAdministration = {
  namesDiffer: {
    says: 'CSR SAN and Certificate SAN does not match',
    source: cisco.finesseNames('The error at the upload'),
  },
  issuerAbsent: {
    says: 'CA Certificate is Not Available in the Trust-Store',
    source: cisco.cucmCaSigned('Common errors'),
  },
  keysDiffer: {
    says: 'CSR Public Key and Certificate Public Key Do Not Match',
    source: cisco.cucmCaSigned('Common errors'),
  },
  requestAbsent: {
    says: 'File /usr/local/platform/.security/tomcat/keys/tomcat.csr Does Not Exist',
    source: cisco.cucmCaSigned('Common errors'),
  },
  keyTooShort: { says: 'Error reading the certificate', source: cisco.unitySingleInbox('Key of 1024 bits') },
  container: {
    says: 'Error reading the certificate',
    source: cisco.uccxOperatingSystem('Upload a certificate: the words for a container that is not taken', 'inferred'),
  },
  expired: { says: null, source: cisco.cucmCaSigned('An expired certificate is refused') },
  wildcard: { says: null, source: cisco.cucmCaSigned('Wildcard certificates are not supported') },
  olderIgnored: { says: null, source: cisco.cucmCaSigned('One certificate of a common name in a trust store') },
  malformedName: { says: null, source: rfc(5280, '4.2.1.6') },
  multiServerName: { says: null, source: cisco.cucmCaSigned('The -ms suffix of the common name') },
} as const satisfies Readonly<Record<string, Refusal>>;

/** keytool at the import of a reply, OpenJDK 17.0.15. */
export const keytool = {
  chainNotEstablished: { says: 'Failed to establish chain from reply', source: keytoolTried('Import of a reply') },
  keysDiffer: { says: "Public keys in reply and keystore don't match", source: keytoolTried('Import of a reply') },
  identical: {
    says: 'Certificate reply and certificate in keystore are identical',
    source: keytoolTried('Import of a reply'),
  },
} as const satisfies Readonly<Record<string, Refusal>>;
