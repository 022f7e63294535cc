import type { Sha256 } from '#model/names.ts';
import type { KeyStorePlace, StepOf } from '#model/step.ts';
import type { RunbookLine } from '#model/runbook.ts';
import { apartFrom } from '../actions/windows-host.ts';
import { answer, click, command, fileStem, type RunbookFacts } from './lines.ts';

/** Paths as cmd takes them: it fills in its variables itself; the folder of ICM is the one that guides print. */
export function pathOf(path: string): string {
  return path.replace('<ICM>', 'C:\\icm');
}

export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('\\'));
}

export function fileOf(path: string): string {
  return path.slice(path.lastIndexOf('\\') + 1);
}

/** keytool with the key store named whole: a wrong folder would make a new one. */
export function keytool({ keytool: program, path, format }: KeyStorePlace, verb: string, args: string): RunbookLine {
  const type = format === 'JCEKS' ? ' -storetype JCEKS' : '';
  return command(`"${program}" ${verb} ${args === '' ? '' : `${args} `}-keystore "${pathOf(path)}"${type}`);
}

export const password = answer('Enter keystore password:', 'the password of the key store');

/** How the password is come by. */
export function passwordLines({ format }: KeyStorePlace): RunbookLine[] {
  if (format === 'JKS') return [click('The password of the key store is changeit, unless somebody changed it.')];
  return [
    click(
      'The password of the key store, from 12.6(2) on; before that it stands in conf\\security.properties as Security.keystorePW:',
    ),
    command('"%CVP_HOME%\\bin\\DecryptKeystoreUtil.bat"'),
  ];
}

/** Where ICM is elsewhere, the paths are others. */
export function icmLines({ path }: KeyStorePlace): RunbookLine[] {
  return path.includes('<ICM>') ? [click('Where ICM is not in C:\\icm, write its own folder.')] : [];
}

/** As the action names its copy: no other runbook has this name, and the first copy is the good one. */
export function copyOf({ path }: KeyStorePlace, { plan }: RunbookFacts): string {
  return `${pathOf(path)}.${plan.id}`;
}

/** The file of this plan beside the key store, as the action names it. */
export function apartOf({ path }: KeyStorePlace, { plan }: RunbookFacts): string {
  return apartFrom(pathOf(path), plan.id);
}

/** What an answer and its authorities are kept as, one behind the other. */
export function chainFile({ on, alias }: StepOf<'java', 'import-reply'>): string {
  return `${fileStem(on, alias)}-chain.pem`;
}

/** The file that a step is done in. */
export function placeOf(keyStore: KeyStorePlace, facts: RunbookFacts): KeyStorePlace {
  return keyStore.apart === true ? { ...keyStore, path: apartOf(keyStore, facts) } : keyStore;
}

/** A look at what an alias has now. */
export function listed(keyStore: KeyStorePlace, alias: string): RunbookLine[] {
  return [keytool(keyStore, '-list', `-v -alias ${alias}`), password];
}

/** As keytool prints a fingerprint. */
export function colonsOf(sha256: Sha256): string {
  return sha256.toUpperCase().replace(/(..)(?=.)/g, '$1:');
}

/** An alias as cmd takes it; null where it has signs that cmd would change, or that nobody sees. */
export function typedAlias(alias: string): string | null {
  if (/^[\w.@-]+$/.test(alias)) return alias;
  return /^[ -~]+$/.test(alias) && !/["%^!]/.test(alias) && alias === alias.trim() ? `"${alias}"` : null;
}
