import { cvpKeystoreSources, fileRulesOf } from '#products/certificate-files.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';

export const identityAliasMissing = defineFault({
  id: 'identity-alias-missing',
  category: 'store',
  title: 'The key store lacks a key under an alias that a service looks for',
  titleAbsent: 'Every service finds its key under its alias',
  symptom: 'The port of the service stays closed, or the service does not start, while the others work.',
  cause:
    'The key pair was deleted and not made anew, or was made under a mistyped alias, with a hyphen for an underscore.',
  advice: 'Make the key pair under the exact alias, or rename it with keytool -changealias; then restart the service.',
  severity: 'critical',
  sources: cvpKeystoreSources,
  judges: 'key-store',
  detect({ machine, contents }) {
    const rules = fileRulesOf(machine.type);
    if (rules?.by !== 'keytool') return notApplicable('no document says which aliases its key store has');
    const keys = contents.parts.flatMap((part) => (part.holds === 'key-entry' ? [part.alias] : []));
    const others = contents.parts.flatMap((part) => (part.holds === 'trusted-entry' ? [part.alias] : []));
    if (keys.length + others.length === 0) return notApplicable('the file lists no entries of a key store');
    // An alias after a part that cannot be read may be there all the same.
    if (contents.parts.some(({ holds }) => holds === 'broken' || holds === 'locked'))
      return notApplicable('not all entries could be read');
    // keytool writes aliases in small letters and does not tell them from large ones.
    const missing = rules.aliases.filter((alias) => !keys.some((key) => key.toLowerCase() === alias));
    if (missing.length === 0) return absent;
    const near = missing.flatMap((alias) => others.filter((other) => other.toLowerCase() === alias));
    return present(
      'critical',
      near.length > 0
        ? `${near.join(', ')} is a trusted certificate without its private key`
        : `there is no key under ${missing.join(', ')}`,
      {
        'aliases due': rules.aliases.join(', '),
        'aliases with a key': keys.join(', ') || 'none',
        'aliases of trusted certificates': others.join(', ') || 'none',
      },
    );
  },
});
