import type { KeyStorePlace, StepOf } from '#model/step.ts';
import type { RunbookLine } from '#model/runbook.ts';
import {
  apartOf,
  chainFile,
  colonsOf,
  copyOf,
  fileOf,
  folderOf,
  icmLines,
  keytool,
  listed,
  password,
  passwordLines,
  pathOf,
  placeOf,
  typedAlias,
} from './java-lines.ts';
import {
  answer,
  certificateFile,
  certificateLines,
  click,
  command,
  leaveOut,
  nameOf,
  replyFile,
  replyOnto,
  requestFile,
  temporary,
  tick,
  type RunbookFacts,
  type StepBody,
} from './lines.ts';

const prompt = 'a command prompt on the machine, as administrator';

/** The way back of what was done apart, or on the key store itself. */
function backOf({ apart, path }: KeyStorePlace): RunbookLine[] {
  if (apart !== true) return takenBackWithCopy;
  return [
    click('No service reads this file, so nothing has changed for anybody. Delete it:'),
    command(`del "${path}"`),
  ];
}

const takenBackWithCopy = [click('Taken back with the copy of the key store: see the step that made it.')];

/** Steps on a key store of Java: keytool on the machine. */
export function javaStep(step: StepOf<'java'>, facts: RunbookFacts): StepBody {
  const name = nameOf(step.on, facts);
  const keyStore = placeOf(step.keyStore, facts);
  const path = pathOf(keyStore.path);
  const by = (...lines: readonly RunbookLine[]) => [{ by: prompt, lines: [...icmLines(keyStore), ...lines] }];

  switch (step.do) {
    case 'back-up-store': {
      const copy = copyOf(keyStore, facts);
      return {
        where: name,
        ways: by(
          click(
            'A copy that is there already, as this was begun before, stays: it alone has what was there before the first change.',
          ),
          command(`if not exist "${copy}" copy "${path}" "${copy}"`),
          command(`dir "${folderOf(path)}"`),
        ),
        check: [
          `\`dir\` lists ${fileOf(copy)}. Without it go no further: with a mistake ${keyStore.format === 'JCEKS' ? 'the keys' : 'what it trusts'} would be gone.`,
          '"1 file(s) copied." is shown, and both files have the same size; where the copy was there already nothing is copied.',
        ],
        back: [
          click(`Only with the copy of this plan, ${copy}:`),
          command(`copy /Y "${copy}" "${path}"`),
          click(
            `Every step on this key store after it is taken back with it. ${restartsAgain(facts.restartsOf(step))}`,
          ),
        ],
      };
    }
    case 'generate-key-pair':
      return {
        where: name,
        ways: by(
          click(
            'Once only: where a request from the new key is with the authority already, go on with its answer, which fits no other key.',
          ),
          ...passwordLines(keyStore),
          ...(step.replaces === null ? [] : [keytool(keyStore, '-delete', `-alias ${step.alias}`), password]),
          keytool(
            keyStore,
            '-genkeypair',
            `-alias ${step.alias} -keyalg RSA -keysize 2048 -sigalg SHA256withRSA -validity ${String(step.days)} -dname "CN=${step.name}" -ext san=dns:${step.name}`,
          ),
          password,
          ...(keyStore.apart === true ? [answer('Re-enter new password:', 'the same, where it is asked for')] : []),
          answer(
            `Enter key password for <${step.alias}>`,
            'nothing: the Return key, for the same password as the key store',
          ),
          ...listed(keyStore, step.alias),
        ),
        check: [`The last command shows ${step.alias} as PrivateKeyEntry.`],
        back: backOf(keyStore),
      };
    case 'rename-alias':
      return {
        where: name,
        ways: by(
          ...passwordLines(keyStore),
          keytool(keyStore, '-list', `-v -alias ${typedAlias(step.from) ?? 'alias'}`),
          password,
          click(
            `PrivateKeyEntry is shown, and of Certificate[1] SHA256: ${colonsOf(step.sha256)}. Where it is another go no further.`,
          ),
          keytool(keyStore, '-changealias', `-alias ${typedAlias(step.from) ?? 'alias'} -destalias ${step.alias}`),
          password,
          ...listed(keyStore, step.alias),
        ),
        check: [`The last command shows ${step.alias} as PrivateKeyEntry, with the same Certificate[1].`],
        back: takenBackWithCopy,
      };
    case 'generate-request':
      return {
        where: name,
        ways: by(
          ...passwordLines(keyStore),
          keytool(
            keyStore,
            '-certreq',
            `-alias ${step.alias} -ext san=dns:${step.name} -file "${temporary(requestFile(step.on, step.alias))}"`,
          ),
          password,
        ),
        check: [`${temporary(requestFile(step.on, step.alias))} holds BEGIN NEW CERTIFICATE REQUEST.`],
        back: [click('Nothing has to be taken back: the request is a file.')],
      };
    case 'import-reply': {
      const chained = temporary(chainFile(step));
      return {
        where: name,
        ways: by(
          ...(step.certificate.from === 'reply'
            ? [
                replyOnto(step.certificate.machine, step.certificate.unit, facts),
                click(
                  `Write ${chained} on ${name} with a plain text editor: first all of ${temporary(replyFile(step.certificate.machine, step.certificate.unit))}, then ${authoritiesOf(step)}:`,
                ),
              ]
            : [
                click(
                  `Write ${chained} on ${name} with a plain text editor: the signed certificate, then ${authoritiesOf(step)}:`,
                ),
                ...certificateLines(step.certificate, facts),
              ]),
          ...step.chain.toReversed().flatMap((sha256) => certificateLines({ from: 'plan', sha256 }, facts)),
          ...passwordLines(keyStore),
          keytool(keyStore, '-importcert', `-noprompt -trustcacerts -alias ${step.alias} -file "${chained}"`),
          password,
          ...listed(keyStore, step.alias),
        ),
        check: [
          '"Certificate reply was installed in keystore" is shown. "Certificate was added to keystore" means that the alias is mistyped.',
          `The last command shows PrivateKeyEntry and a certificate chain length of ${String(step.chain.length + 1)}.`,
        ],
        back: backOf(keyStore),
      };
    }
    case 'import-key-pair':
      return {
        where: name,
        ways: by(
          click('In place of the key that is there now. Both files have the same password.'),
          ...passwordLines(keyStore),
          command(
            `"${keyStore.keytool}" -importkeystore -noprompt -srcalias ${step.alias} -destalias ${step.alias} -srckeystore "${apartOf(keyStore, facts)}" -srcstoretype ${keyStore.format} -destkeystore "${path}" -deststoretype ${keyStore.format}`,
          ),
          answer('Enter destination keystore password:', 'the password of the key store'),
          answer('Enter source keystore password:', 'the same'),
          ...listed(keyStore, step.alias),
        ),
        check: ['PrivateKeyEntry is shown, and Certificate[1] is what the authority signed.'],
        back: takenBackWithCopy,
      };
    case 'import-certificate': {
      const file = temporary(certificateFile(step.alias));
      return {
        where: name,
        ways: by(
          ...certificateLines(step.certificate, facts),
          click(`Keep it as ${file} on ${name}.`),
          ...passwordLines(keyStore),
          ...heldBefore(step),
          keytool(keyStore, '-importcert', `-noprompt -trustcacerts -alias ${step.alias} -file "${file}"`),
          password,
          ...listed(keyStore, step.alias),
        ),
        check: [
          '"Certificate was added to keystore" is shown.',
          `The last command shows ${step.alias} as trustedCertEntry.`,
        ],
        back: takenBackWithCopy,
      };
    }
    case 'remove-certificate':
      return {
        where: name,
        ways: by(
          ...passwordLines(keyStore),
          click('What is there before:'),
          keytool(keyStore, '-list', ''),
          password,
          ...removeLines(step),
          keytool(keyStore, '-list', ''),
          password,
        ),
        check: [
          'The last command does not list the alias any more, and still lists every PrivateKeyEntry that the first one listed.',
        ],
        back: takenBackWithCopy,
      };
  }
}

/** The certificates that stand behind the signed one, as they are pasted. */
function authoritiesOf({ chain }: StepOf<'java', 'import-reply'>): string {
  return chain.length === 1
    ? 'the certificate of its authority'
    : `the ${String(chain.length)} certificates of its authorities, the root last`;
}

/** The key store of before is taken up like any other. */
function restartsAgain(restarts: readonly string[]): string {
  return restarts.length === 0
    ? 'This plan restarts nothing that reads it.'
    : `Then do again, where it was done: ${restarts.join('; ')}.`;
}

/** Whether the alias is taken: keytool takes none twice, and what was there before is no part of the step. */
function heldBefore({ keyStore, alias, certificate }: StepOf<'java', 'import-certificate'>): RunbookLine[] {
  const known = certificate.from === 'plan' ? certificate.sha256 : null;
  const colons = known === null ? undefined : colonsOf(known);
  return [
    keytool(keyStore, '-list', `-v -alias ${alias}`),
    password,
    tick(`It was not there before: "Alias <${alias}> does not exist" is shown.`),
    tick(
      `It was there before, SHA256: ${colons ?? 'as that of the file, which `keytool -printcert -file` shows'}: ${leaveOut}`,
    ),
    tick(
      `Another was there before under this alias, and stays: write ${alias}_${known?.slice(0, 8) ?? 'new'} in place of ${alias}.`,
    ),
  ];
}

const neverTheKey =
  'Only where the entry type is trustedCertEntry go on: never delete a PrivateKeyEntry, even with the same certificate. Its private key would be gone.';

/** The certificate may lie on a key as well: the entry to delete is named, and looked at first. */
function removeLines(step: StepOf<'java', 'remove-certificate'>): RunbookLine[] {
  const { keyStore, of, sha256, aliases = [] } = step;
  const typed = aliases.flatMap((alias) => typedAlias(alias) ?? []);
  if (typed.length === 0 || typed.length < aliases.length)
    return [
      click(`Find the trustedCertEntry with the certificate of ${of}, SHA-256 ${sha256}:`),
      keytool(keyStore, '-list', '-v'),
      password,
      click(`${neverTheKey} Write the alias of the trustedCertEntry in place of alias:`),
      keytool(keyStore, '-delete', '-alias alias'),
      password,
    ];
  return typed.flatMap((alias) => [
    click(`The entry ${alias} with the certificate of ${of}, SHA-256 ${sha256}:`),
    keytool(keyStore, '-list', `-v -alias ${alias}`),
    password,
    click(neverTheKey),
    keytool(keyStore, '-delete', `-alias ${alias}`),
    password,
  ]);
}
