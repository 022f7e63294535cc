import type { MachineId } from '#model/names.ts';
import type { StepOf } from '#model/step.ts';
import type { RunbookLine } from '#model/runbook.ts';
import { listenersOn } from '#products/index.ts';
import {
  answer,
  certificateLines,
  click,
  command,
  commandLine,
  knownPem,
  leaveOut,
  nameOf,
  restartAgain,
  tick,
  untilPortsShow,
  type RunbookFacts,
  type StepBody,
} from './lines.ts';
import { optionLines } from './vos-options.ts';

const administration = 'Cisco Unified OS Administration';
const fingerprint = 'openssl x509 -noout -fingerprint -sha256';

/** Steps on a machine of the Voice Operating System: its command line, and the page of OS Administration where there is one. */
export function vosStep(step: StepOf<'vos'>, facts: RunbookFacts): StepBody {
  const name = nameOf(step.on, facts);
  const pages = (...clicks: readonly string[]) => byPages(step.on, clicks, facts);
  const prompt = (...lines: readonly RunbookLine[]) => ({ by: commandLine, lines: [...lines] });

  switch (step.do) {
    case 'regenerate-certificate':
      return {
        where: name,
        ways: [
          prompt(command(`set cert regen ${step.unit}`), answer('Proceed with regeneration (yes|no)?', 'yes')),
          pages(`Generate Self-signed; Certificate Purpose: ${step.unit}; Generate`),
        ],
        check: [
          `"Successfully regenerated certificate for ${step.unit}." is shown.`,
          `\`show cert own ${step.unit}\` prints another certificate than before: its PEM, given to \`${fingerprint}\`, is no longer ${step.replaces}.`,
        ],
        back: [
          click(
            'It cannot be taken back: the previous key is gone. Go on; the next steps hand the new certificate out.',
          ),
        ],
      };
    case 'generate-request':
      return {
        where: name,
        ways: [
          ...(step.parentDomain === 'empty' ? [] : [prompt(command(`set csr gen ${step.unit}`))]),
          pages(
            `Generate CSR; Certificate Purpose: ${step.unit}; Distribution: ${name}; ${step.parentDomain === 'empty' ? 'Parent Domain: empty the field; ' : ''}Key Length 2048; Hash Algorithm SHA256; Generate`,
          ),
        ],
        check: [
          ...(step.parentDomain === 'empty' ? [] : [`"Successfully Generated CSR for ${step.unit}." is shown.`]),
          `\`show csr own ${step.unit}\` prints a request, BEGIN CERTIFICATE REQUEST.`,
        ],
        back: [click('Nothing has to be taken back: the request waits, and the next one takes its place.')],
      };
    case 'import-reply':
      return {
        where: name,
        ways: [
          prompt(
            command(`set cert import own ${step.unit}`),
            answer('Paste the Certificate and Hit Enter', 'the answer of the authority, from BEGIN to END CERTIFICATE'),
          ),
          pages(
            `Upload Certificate/Certificate chain; Certificate Purpose: ${step.unit}; choose the answer; Upload File`,
          ),
        ],
        check: [
          `"Successfully imported certificate for ${step.unit}." is shown. ${sanWords(facts.isNameless(step.on, step.unit))}; "CA Certificate is Not Available in the Trust-Store" that its chain was not imported first.`,
          `\`show cert own ${step.unit}\` prints the answer of the authority.`,
        ],
        back: [
          click('It cannot be taken back: the key of the certificate before it is gone. Go on with the restarts.'),
        ],
      };
    case 'import-certificate':
      return importStep(step, facts);
    case 'remove-certificate':
      return {
        where: name,
        ways: [
          prompt(
            click(
              `\`show cert list trust\` names the file of the certificate of ${step.of}; write it in place of FILE.pem. Keep what is printed first, for the way back:`,
            ),
            command(`show cert trust ${step.store}/FILE.pem`),
            command(`set cert delete ${unitOf(step.store)} FILE.pem`),
            answer('(yes|no)?', 'yes'),
          ),
          pages(`Find ${step.store}; open the certificate of ${step.of}, SHA-256 ${step.sha256}; Delete`),
        ],
        check: [`\`show cert list trust\` does not list it under ${step.store} any more.`],
        back: [
          click('Import what was kept, unless it has expired: an expired certificate is refused.'),
          command(`set cert import trust ${unitOf(step.store)}`),
        ],
      };
    case 'set-option':
      return { where: name, ...optionLines(step) };
    case 'restart-service':
      return {
        where: name,
        ways: [prompt(command(`utils service restart ${step.service}`))],
        check: [`${step.service}[STARTED] is shown. It may take ten minutes on a loaded machine.`],
        back: restartAgain,
      };
    case 'restart-machine':
      return {
        where: name,
        ways: [prompt(command('utils system restart'), answer('Enter (yes/no)?', 'yes'))],
        check: [
          'After some minutes the command line lets you in again.',
          '`utils service list` shows every activated service as STARTED.',
        ],
        back: restartAgain,
      };
    case 'wait-for':
      return untilPortsShow(
        name,
        step,
        `same fingerprint: that of the PEM which \`show cert own ${step.unit}\` prints on ${name}, given to \`${fingerprint}\``,
      );
  }
}

function importStep(step: StepOf<'vos', 'import-certificate'>, facts: RunbookFacts): StepBody {
  const name = nameOf(step.on, facts);
  const unit = unitOf(step.store);
  const pem = knownPem(step.certificate, facts);
  const given = pem === null ? 'the certificate shown next' : 'the certificate below';
  return {
    where: name,
    ways: [
      {
        by: commandLine,
        lines: [
          command('show cert list trust'),
          click(
            `Where a certificate of ${step.of} is listed under ${step.store}, write its file in place of FILE.pem, and keep what is printed:`,
          ),
          command(`show cert trust ${step.store}/FILE.pem`),
          tick('None was there before.'),
          tick(`The same was there before, its PEM is ${given}: ${leaveOut}`),
          tick('Another was there before, and is kept: the import takes its place.'),
          ...(pem === null ? certificateLines(step.certificate, facts) : []),
          command(`set cert import trust ${unit}`),
          answer('Paste the Certificate and Hit Enter', pem === null ? 'the certificate shown before' : given),
          ...(pem === null ? [] : [{ kind: 'paste' as const, text: pem }]),
        ],
      },
      byPages(
        step.on,
        [
          `Find ${step.store}; open what is there of ${step.of}, keep it (Download .PEM File), and tick above what was there before`,
          `Upload Certificate/Certificate chain; Certificate Purpose: ${step.store}; choose a file with this certificate; Upload File`,
        ],
        facts,
      ),
    ],
    check: [
      `"Successfully imported certificate for ${unit}." is shown.`,
      `\`show cert list trust\` lists the certificate of ${step.of} under ${step.store}.`,
    ],
    back: [
      click(
        'Only where the same was not there before, as ticked above. `show cert list trust` names the file of the certificate; write it in place of FILE.pem:',
      ),
      command(`set cert delete ${unit} FILE.pem`),
      click(
        'Where another was kept before, import it again, unless it has expired: an expired certificate is refused.',
      ),
      command(`set cert import trust ${unit}`),
    ],
  };
}

/** The pages of OS Administration, at the port that is documented for them. */
function byPages(on: MachineId, clicks: readonly string[], facts: RunbookFacts): StepBody['ways'][number] {
  const documented = listenersOn(facts.machine(on)).find(({ page }) => page === '/cmplatform');
  const port = documented === undefined ? '' : `:${String(documented.port)}`;
  const management = `https://${nameOf(on, facts)}${port}/cmplatform: Security > Certificate Management`;
  return { by: administration, lines: [management, ...clicks].map(click) };
}

function unitOf(store: string): string {
  return store.replace(/-trust$/, '');
}

/** What the refusal over names says of the authority. */
function sanWords(isNameless: boolean): string {
  const refusal = '"CSR SAN and Certificate SAN does not match" means that';
  return isNameless
    ? `${refusal} the request had names: it is to be made anew, with Parent Domain empty`
    : `${refusal} the authority changed the names`;
}
