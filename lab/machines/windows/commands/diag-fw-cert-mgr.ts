import { asSigned, daysFrom, issue, newKey, type KeyKind } from '../../../authority.ts';
import { storeNames, thumbprintOf } from '../certificate-store.ts';
import { diagnosticApplication } from '../http-bindings.ts';
import { diagnosticKey } from '../installation.ts';
import { portico, type WindowsMachine } from '../machine.ts';
import { switchesOf, type Program } from '../program.ts';
import type { Io } from '../io.ts';

const inUse = 'CertUsedByDiagFwSvc';
const made = 'SelfSignedCertCreatedForDiagFwSvc';
const madeEcdsa = 'SelfSignedCertECDSAForDiagFwSvc';

interface Work {
  readonly machine: WindowsMachine;
  readonly io: Io;
  readonly port: number;
  readonly hash: string;
}

/** A task: whether all of it was completed. */
type Task = (work: Work) => boolean | Promise<boolean>;

/** DiagFwCertMgr (Serviceability Guide, Diagnostic Framework). The lines of ValidateCertBinding are Cisco's, those of the other tasks are inferred from them. */
export const diagFwCertMgr: Program = {
  name: 'diagfwcertmgr',
  run: async ({ machine, args, io }) => {
    const { switches } = switchesOf(args);
    const wanted = switches.get('task') ?? '';
    const entry = Object.entries(tasks).find(([name]) => name.toLowerCase() === wanted.toLowerCase());
    io.print('Cisco Unified ICM/CCE Diagnostic Framework Certificate Manager');
    io.print();
    if (entry === undefined) {
      io.print(
        'Usage: DiagFwCertMgr /task:<task_name> [/port:<port_number>] [/certhash:<certificate_thumbprint>] [/logpath:<logfile_path>]',
      ); // inferred
      io.print(`Tasks: ${Object.keys(tasks).join(', ')}`);
      return 1;
    }
    const [name, task] = entry;
    io.print(`Executing Task: '${name}'`);
    const given = switches.get('port');
    if (given === undefined) io.print(`Read port number from service configuration file: '${String(portico.port)}'`);
    const port = Number(given ?? portico.port);
    const isDone = await task({ machine, io, port, hash: switches.get('certhash') ?? '' });
    const what = titles[name] ?? 'THE TASK';
    io.print();
    io.print(isDone ? `ALL TASKS FOR ${what} COMPLETED SUCCESSFULLY` : `TASKS FOR ${what} FAILED`);
    return isDone ? 0 : 1;
  },
};

const titles: Readonly<Record<string, string>> = {
  ValidateCertBinding: 'VALIDATING CERTIFICATE BINDING',
  CreateAndBindCert: 'CREATING AND BINDING CERTIFICATE',
  CreateAndBindCertECDSA: 'CREATING AND BINDING CERTIFICATE',
  BindCertFromStore: 'BINDING CERTIFICATE FROM STORE',
  UnbindCert: 'UNBINDING CERTIFICATE',
  UnbindAndDeleteCert: 'UNBINDING AND DELETING CERTIFICATE',
  UnbindAndDeleteCertECDSA: 'UNBINDING AND DELETING CERTIFICATE',
  CreateAndAddToStoreCertECDSA: 'CREATING CERTIFICATE',
  CheckAndCreateStoreCertECDSA: 'CREATING CERTIFICATE',
  DeleteCertECDSA: 'DELETING CERTIFICATE',
};

const validate: Task = ({ machine, io, port }) => {
  io.print();
  io.print('ATTEMPTING TO VALIDATE CERTIFICATE BINDING WITH WINDOWS HTTP SERVICE');
  io.print(`Binding IP Address: '0.0.0.0:${String(port)}'`);
  const binding = machine.bindings.at(port);
  if (binding === undefined) {
    io.print(`No certificate binding found on 0.0.0.0:${String(port)}`);
    io.print('The certificate binding is INVALID');
    return false;
  }
  const hash = binding.hash.toUpperCase();
  io.print(`Found a certificate binding on 0.0.0.0:${String(port)}`);
  io.print(`Trying to look up certificate: ${hash}`);
  if (machine.certificateStore.find('My', hash) === undefined) {
    io.print('Certificate requested not found in store');
    io.print('The certificate binding is INVALID');
    return false;
  }
  io.print('Certificate requested found in store');
  io.print('The certificate binding is VALID');
  if (machine.registry.get(diagnosticKey, inUse)?.toUpperCase() !== hash) {
    io.print('Certificate hash stored in service registry does not match certificate used by service');
    return false;
  }
  io.print('Certificate hash stored in service registry matches certificate used by service');
  return true;
};

const bind: Task = async ({ machine, io, port, hash }) => {
  io.print();
  io.print('ATTEMPTING TO BIND CERTIFICATE WITH WINDOWS HTTP SERVICE');
  io.print(`Binding IP Address: '0.0.0.0:${String(port)}'`);
  // The certificate dialog puts a mark that nobody sees before the thumbprint: such a hash is none.
  if (!/^[0-9a-f]{40}$/i.test(hash)) {
    io.print(`Invalid certificate hash: '${hash}'`);
    return false;
  }
  io.print(`Trying to look up certificate: ${hash.toUpperCase()}`);
  const item = machine.certificateStore.find('My', hash);
  if (item?.key == null) {
    io.print(item === undefined ? 'Certificate requested not found in store' : 'Private key not found');
    return false;
  }
  io.print('Certificate requested found in store');
  if (machine.bindings.at(port) !== undefined) {
    io.print(`A certificate is already bound on 0.0.0.0:${String(port)}`);
    return false;
  }
  await machine.bind({ port, hash: hash.toLowerCase(), applicationId: diagnosticApplication, store: storeNames[0] });
  machine.registry.set(diagnosticKey, inUse, hash.toUpperCase());
  io.print('Certificate bound successfully');
  io.print('The certificate binding is VALID');
  return true;
};

const unbind: Task = async ({ machine, io, port }) => {
  io.print();
  io.print('ATTEMPTING TO REMOVE CERTIFICATE BINDING FROM WINDOWS HTTP SERVICE');
  io.print(`Binding IP Address: '0.0.0.0:${String(port)}'`);
  if (!(await machine.unbind(port))) {
    io.print(`No certificate binding found on 0.0.0.0:${String(port)}`);
    return false;
  }
  machine.registry.delete(diagnosticKey, inUse);
  io.print('Deleted certificate binding successfully');
  return true;
};

async function create({ machine, io }: Work, key: KeyKind, value: string): Promise<string> {
  io.print();
  io.print('ATTEMPTING TO CREATE SELF-SIGNED CERTIFICATE');
  const { certificate, key: pair } = await issue({
    ...asSigned,
    commonName: machine.fqdn,
    names: [machine.fqdn],
    notBefore: daysFrom(machine.now(), 0),
    notAfter: daysFrom(machine.now(), 5 * 365),
    key: await newKey(key),
    issuer: 'self',
  });
  machine.certificateStore.put('My', certificate, pair.privateKey, portico.friendlyName);
  const hash = thumbprintOf(certificate);
  machine.registry.set(diagnosticKey, value, hash);
  io.print(`Certificate created and added to store: ${hash}`);
  return hash;
}

function createAndBind(key: KeyKind, value: string): Task {
  return async (work) => {
    const hash = await create(work, key, value);
    // P4 of the technote: this task brings Portico back, whatever was bound before.
    if (work.machine.bindings.at(work.port) !== undefined) await unbind(work);
    return bind({ ...work, hash });
  };
}

function remove(value: string): Task {
  return ({ machine, io }) => {
    const hash = machine.registry.get(diagnosticKey, value) ?? '';
    const isDeleted = machine.certificateStore.delete('My', hash);
    machine.registry.delete(diagnosticKey, value);
    io.print(isDeleted ? `Deleted certificate from store: ${hash}` : 'Certificate requested not found in store');
    return isDeleted;
  };
}

const rsa = { rsa: 2048 } as const;
const ecdsa = { ec: 'P-384' } as const;

const tasks: Readonly<Record<string, Task>> = {
  CreateAndBindCert: createAndBind(rsa, made),
  BindCertFromStore: bind,
  UnbindCert: unbind,
  UnbindAndDeleteCert: async (work) => (await unbind(work)) && remove(made)(work),
  ValidateCertBinding: validate,
  CreateAndAddToStoreCertECDSA: async (work) => (await create(work, ecdsa, madeEcdsa)) !== '',
  CheckAndCreateStoreCertECDSA: async (work) =>
    work.machine.certificateStore.find('My', work.machine.registry.get(diagnosticKey, madeEcdsa) ?? '') !== undefined ||
    (await create(work, ecdsa, madeEcdsa)) !== '',
  CreateAndBindCertECDSA: createAndBind(ecdsa, madeEcdsa),
  DeleteCertECDSA: remove(madeEcdsa),
  UnbindAndDeleteCertECDSA: async (work) => (await unbind(work)) && remove(madeEcdsa)(work),
};
