import { instructionFor } from './operator-instruction.ts';
import type { KeyStorePlace, Step } from './step.ts';

/** A step in one line, for people. */
export function stepTitle(step: Step): string {
  return `${placeOf(step)}: ${wordsOf(step)}`;
}

/** The machine or client profile that a step is for. */
export function placeOf(step: Step): string {
  switch (step.do) {
    case 'obtain-reply':
      return step.for;
    case 'write-file':
      return step.client;
    default:
      return step.on;
  }
}

function wordsOf(step: Step): string {
  switch (step.do) {
    case 'back-up-store':
      return `copy ${step.keyStore.path} beside it`;
    case 'regenerate-certificate':
      return `regenerate the ${step.unit} certificate (set cert regen ${step.unit})`;
    case 'generate-key-pair':
      if (step.via === 'windows')
        return `make a self-signed certificate for ${step.name} in Personal, for ${step.unit}`;
      return `make a new key and self-signed certificate for ${step.name} under ${step.alias}${besideOf(step.keyStore)} (keytool -genkeypair)`;
    case 'import-key-pair':
      return `take the new key and its certificate over into ${step.keyStore.path} under ${step.alias} (keytool -importkeystore)`;
    case 'rename-alias':
      return `give the key under ${step.from} the alias ${step.alias} (keytool -changealias)`;
    case 'generate-request':
      if (step.via === 'java')
        return `make a request for ${step.name} from the key under ${step.alias}${besideOf(step.keyStore)} (keytool -certreq)`;
      if (step.via === 'windows') return `make a request for ${step.name}, for ${step.unit} (certreq -new)`;
      return step.parentDomain === 'empty'
        ? `make a new key and a request without names for its ${step.unit} certificate (OS Administration, Parent Domain empty)`
        : `make a new key and a request for its ${step.unit} certificate (set csr gen ${step.unit})`;
    case 'obtain-reply':
      return `have ${step.authority} answer the ${step.unit} request, and check the answer`;
    case 'import-reply':
      if (step.via === 'java')
        return `put the signed certificate with its chain under ${step.alias}${besideOf(step.keyStore)} (keytool -importcert)`;
      if (step.via === 'windows') return `put the answer for ${step.unit} into Personal (certreq -accept)`;
      return `put the answer in place as its ${step.unit} certificate (set cert import own ${step.unit})`;
    case 'bind-certificate':
      return `bind ${certificateOf(step)} to port ${String(step.port)}, ${step.unit} (${step.by})`;
    case 'import-certificate':
      return `import the certificate of ${step.of} into ${storeOf(step)}`;
    case 'remove-certificate':
      return `remove the certificate of ${step.of} from ${storeOf(step)}`;
    case 'set-option':
      return `set ${step.option} ${step.value}${'outage' in step ? ', and wait for its reboot' : ''}`;
    case 'restart-service':
      return `restart ${step.service}`;
    case 'restart-machine':
      return 'restart the machine (utils system restart), and wait until it answers';
    case 'wait-for':
      return `wait until ${portsOf(step)} the certificate of the store`;
    case 'write-file':
      return step.replaces === null
        ? `put the new certificate into ${step.path}`
        : `leave the new certificate in ${step.path}, and take the old one out`;
    case 'ask-operator':
      return `a person ${instructionFor(step.asks).title}`;
  }
}

/** Where a step is done in a file that no service reads. */
function besideOf({ apart }: KeyStorePlace): string {
  return apart === true ? ' in a file of its own' : '';
}

function portsOf({ ports }: Extract<Step, { do: 'wait-for' }>): string {
  return ports.length === 1 ? `port ${ports.join()} presents` : `ports ${ports.join(', ')} present`;
}

function storeOf(step: Extract<Step, { do: 'import-certificate' | 'remove-certificate' }>): string {
  switch (step.via) {
    case 'vos':
      return step.store;
    case 'java':
      return step.keyStore.path;
    case 'windows':
      return `LocalMachine\\${step.store}`;
  }
}

function certificateOf({ certificate }: Extract<Step, { do: 'bind-certificate' }>): string {
  switch (certificate.from) {
    case 'plan':
      return `the certificate ${certificate.sha256.slice(0, 16)}`;
    case 'identity-store':
      return `the certificate of ${certificate.unit}`;
    case 'reply':
    case 'made':
      return 'the new certificate';
  }
}
