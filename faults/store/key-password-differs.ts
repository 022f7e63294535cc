import type { MachineId } from '#model/names.ts';
import { keytoolTried } from '#products/sources.ts';
import { absent, defineFault, inconclusive, notApplicable, present } from '../define-fault.ts';

export const keyPasswordDiffers = defineFault({
  id: 'key-password-differs',
  category: 'store',
  title: 'A private key has another password than its key store',
  titleAbsent: 'Every private key opens with the password of its key store',
  symptom: 'The service does not start; its log says UnrecoverableKeyException: Given final block not properly padded.',
  cause: 'The key came out of a PFX file with its own password, and importing it does not change that.',
  advice: 'Give the key the password of the key store: keytool -keypasswd -alias ALIAS -new with the store password.',
  severity: 'critical',
  sources: [keytoolTried('A key imported with a password of its own')],
  judges: 'key-store',
  detect({ machine, contents, of, isOnMachine }) {
    const keys = contents.parts.filter((part) => part.holds === 'key-entry');
    if (keys.length === 0) return notApplicable('the file holds no private key of a key store');
    if (contents.integrity !== 'verified') {
      const untried = `so that its keys (${keys.map(({ alias }) => alias).join(', ')}) could not be tried`;
      const message =
        contents.integrity === 'refused'
          ? `the password given is not its own, ${untried}`
          : `its password was not given, or could not be checked, ${untried}`;
      const todo = isOnMachine
        ? onMachine(machine.id, contents.integrity)
        : `Give the password of ${of}: --password-file FILE, or UCCERT_STORE_PASSWORD in the environment.`;
      return inconclusive({
        kind: isOnMachine ? 'key-store' : 'certificate-file',
        of,
        failure: { reason: 'file-unreadable', message, todo },
      });
    }
    const refused = keys.filter(({ key }) => key === 'refused');
    if (refused.length === 0) return absent;
    return present(
      'critical',
      `${refused.map(({ alias }) => alias).join(', ')} does not open with the password of the key store`,
      {
        'keys that open': keys.flatMap(({ alias, key }) => (key === 'opened' ? [alias] : [])).join(', ') || 'none',
        'keys that do not': refused.map(({ alias }) => alias).join(', '),
      },
    );
  },
});

/** The password is that of the inventory, else what the machine itself tells. */
function onMachine(machine: MachineId, came: 'refused' | 'not-checked'): string {
  return came === 'refused'
    ? `Correct keyStorePassword of ${machine} in the inventory; where it names none, the machine told another: name it.`
    : `Name keyStorePassword of ${machine} in the inventory, by reference.`;
}
