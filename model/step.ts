import * as z from 'zod';
import { ClientId, MachineId, Port, Sha256 } from './names.ts';

/** The closed list of things uccert may do. A new kind needs an action in remediations/actions/. */
export const stepKinds = [
  'generate-request',
  'obtain-reply',
  'import-reply',
  'import-certificate',
  'remove-certificate',
  'regenerate-certificate',
  'generate-key-pair',
  'import-key-pair',
  'rename-alias',
  'back-up-store',
  'bind-certificate',
  'unbind-certificate',
  'set-option',
  'restart-service',
  'restart-machine',
  'write-file',
  'wait-for',
  'ask-operator',
] as const;
export const StepKind = z.enum(stepKinds);
export type StepKind = z.infer<typeof StepKind>;

/** Which certificate a step carries: one known when the plan was made, or one that an earlier step of it brings forth. */
export const CertificateReference = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('plan'), sha256: Sha256 }),
  z.strictObject({ from: z.literal('identity-store'), machine: MachineId, unit: z.string() }),
  /** What the certification authority answered to the request of this machine. */
  z.strictObject({ from: z.literal('reply'), machine: MachineId, unit: z.string() }),
  /** The self-signed certificate that an earlier step made in the Personal store of a Windows machine. */
  z.strictObject({ from: z.literal('made'), machine: MachineId, unit: z.string() }),
]);
export type CertificateReference = z.infer<typeof CertificateReference>;

/** What every step on a machine of the Voice Operating System has. */
const vos = { via: z.literal('vos'), on: MachineId };
/** In words, what stops meanwhile. */
const outage = { outage: z.string() };

/** What is set on a VOS machine, in the words of its command line. What has an outage reboots the machine by itself. */
const option = { do: z.literal('set-option'), ...vos };
const leastVersion = z.enum(['1.0', '1.1', '1.2']);
const SetOption = z.discriminatedUnion('option', [
  /** Which of its two certificates the machine presents. */
  z.strictObject({
    ...option,
    option: z.literal('tls server cert_type'),
    value: z.enum(['rsa', 'ecdsa']),
    ...outage,
  }),
  /** The oldest version of TLS that a machine of the contact centre speaks to clients, after its next restart. */
  z.strictObject({ ...option, option: z.literal('tls server min-version'), value: leastVersion }),
  /** The oldest version that CUCM speaks to anybody. */
  z.strictObject({ ...option, option: z.literal('tls min-version'), value: leastVersion, ...outage }),
]);

const VosStep = z.discriminatedUnion('do', [
  /** `set cert regen UNIT`: a new key pair and a new self-signed certificate. */
  z.strictObject({ do: z.literal('regenerate-certificate'), ...vos, unit: z.string(), replaces: Sha256 }),
  /** `set csr gen UNIT`, or the page of OS Administration: a new key pair, and a request for it that waits for its reply. */
  z.strictObject({
    do: z.literal('generate-request'),
    ...vos,
    unit: z.string(),
    /**
     * `empty`: no names at all, for an authority that changes them (U21); only the page of OS Administration can do that, the command line fills in
     * the domain of the machine.
     */
    parentDomain: z.enum(['as filled in', 'empty']),
    /** The request that waited when the plan was made; one key pair waits for one reply. */
    replaces: Sha256.nullable(),
  }),
  /** The reply to the request that waits: from then on it is the identity, and the key before it is gone. */
  z.strictObject({ do: z.literal('import-reply'), ...vos, unit: z.string(), replaces: Sha256.nullable() }),
  /** A certificate into a trust store. */
  z.strictObject({
    do: z.literal('import-certificate'),
    ...vos,
    store: z.string(),
    certificate: CertificateReference,
    /** Whose certificate it is, for people. */
    of: z.string(),
  }),
  /** A certificate out of a trust store. */
  z.strictObject({ do: z.literal('remove-certificate'), ...vos, store: z.string(), sha256: Sha256, of: z.string() }),
  SetOption,
  /** A service stopped and started. */
  z.strictObject({ do: z.literal('restart-service'), ...vos, service: z.string(), ...outage }),
  /** `utils system restart`, until the command line answers again. */
  z.strictObject({ do: z.literal('restart-machine'), ...vos, ...outage }),
  /** Until every port named presents the identity that the machine's own store holds. */
  z.strictObject({
    do: z.literal('wait-for'),
    ...vos,
    ports: z.array(Port),
    unit: z.string(),
    /** Seconds. */
    atMost: z.int(),
  }),
]);

/**
 * A key store of Java on a Windows machine. Paths are those that documents write, `%CVP_HOME%\\…`, `<ICM>\\…`: the machine fills in what
 * they stand for, so that they are absolute when they are used.
 */
export const KeyStorePlace = z.strictObject({
  /** As observations name it: `.keystore`, `cacerts`. */
  store: z.string(),
  path: z.string(),
  format: z.enum(['JCEKS', 'JKS']),
  /** keytool of the Java that reads it. */
  keytool: z.string(),
  /** A file of the plan's own beside it, which no service reads: what waits for an answer there is met by nobody. */
  apart: z.literal(true).optional(),
});
export type KeyStorePlace = z.infer<typeof KeyStorePlace>;

/** What every step on a key store has. */
const java = { via: z.literal('java'), on: MachineId, keyStore: KeyStorePlace };

const JavaStep = z.discriminatedUnion('do', [
  /** A copy beside the file, under the id of the plan. Taking it back puts the copy in place, and undoes all steps on the file after it. */
  z.strictObject({ do: z.literal('back-up-store'), ...java }),
  /** `keytool -delete` and `-genkeypair`: RSA of 2048 bits, signed by itself with SHA-256, for the name of the machine. */
  z.strictObject({
    do: z.literal('generate-key-pair'),
    ...java,
    alias: z.string(),
    name: z.string(),
    /** How long the certificate is valid. */
    days: z.int(),
    /** The identity it takes the place of; null where the alias has none. */
    replaces: Sha256.nullable(),
  }),
  /** `keytool -certreq`, with the name of the machine as subjectAltName, into a file that waits for its reply. */
  z.strictObject({ do: z.literal('generate-request'), ...java, alias: z.string(), name: z.string() }),
  /** A certificate under the alias of its key, with the authorities above it, the root first. */
  z.strictObject({
    do: z.literal('import-reply'),
    ...java,
    alias: z.string(),
    certificate: CertificateReference,
    chain: z.array(Sha256).min(1),
  }),
  /** `keytool -importkeystore` of one alias, from the file apart: the key with its certificate and chain, in place of what was there. */
  z.strictObject({
    do: z.literal('import-key-pair'),
    ...java,
    alias: z.string(),
    certificate: CertificateReference,
    /** The identity it takes the place of; null where the alias has none. */
    replaces: Sha256.nullable(),
  }),
  /** `keytool -changealias` of a key, whose certificate it is known by. */
  z.strictObject({ do: z.literal('rename-alias'), ...java, from: z.string(), alias: z.string(), sha256: Sha256 }),
  /** `keytool -importcert`, as a trusted certificate. */
  z.strictObject({
    do: z.literal('import-certificate'),
    ...java,
    /** Where another certificate has it already, eight digits of the fingerprint are put behind it. */
    alias: z.string(),
    certificate: CertificateReference,
    of: z.string(),
  }),
  /** `keytool -delete` of the trusted certificate, under whatever alias; an entry with a key stays. */
  z.strictObject({
    do: z.literal('remove-certificate'),
    ...java,
    sha256: Sha256,
    /** Its aliases when the plan was made, for people; plans of before do not have them. */
    aliases: z.array(z.string()).optional(),
    of: z.string(),
  }),
]);

/** What service-controller.bat of CVP is told, where calls are let end before a service stops. A Reporting Server is shut down by way of a Call Server, which runs meanwhile. */
export const GracefulShutdown = z.discriminatedUnion('service', [
  z.strictObject({ service: z.literal('callserver') }),
  z.strictObject({ service: z.literal('reportingserver'), callServer: MachineId }),
]);
export type GracefulShutdown = z.infer<typeof GracefulShutdown>;

/** What every step on a Windows machine itself has. */
const windows = { via: z.literal('windows'), on: MachineId };

const WindowsStep = z.discriminatedUnion('do', [
  /** `certutil -addstore`, into a store of LocalMachine. */
  z.strictObject({
    do: z.literal('import-certificate'),
    ...windows,
    store: z.enum(['Root', 'CA', 'My']),
    certificate: CertificateReference,
    of: z.string(),
  }),
  /** `New-SelfSignedCertificate` into Personal, for an identity that a later step binds. */
  z.strictObject({ do: z.literal('generate-key-pair'), ...windows, unit: z.string(), name: z.string(), days: z.int() }),
  /** `certreq -new`: a key that waits, and a request with the name of the machine as subjectAltName. */
  z.strictObject({ do: z.literal('generate-request'), ...windows, unit: z.string(), name: z.string() }),
  /** `certreq -accept`: the reply to its key, into Personal. Nothing presents it until it is bound. */
  z.strictObject({ do: z.literal('import-reply'), ...windows, unit: z.string() }),
  /** A certificate of Personal to the port of a web server of Windows, in place of what is bound there: IIS by netsh, Portico by DiagFwCertMgr. */
  z.strictObject({
    do: z.literal('bind-certificate'),
    ...windows,
    by: z.enum(['netsh', 'DiagFwCertMgr']),
    unit: z.string(),
    port: Port,
    certificate: CertificateReference,
  }),
  /** A service of Windows stopped and started, by either of its names. */
  z.strictObject({
    do: z.literal('restart-service'),
    ...windows,
    service: z.string(),
    graceful: GracefulShutdown.nullable(),
    ...outage,
  }),
  /** Until every port named presents the identity that the machine's own store holds or binds. */
  z.strictObject({
    do: z.literal('wait-for'),
    ...windows,
    ports: z.array(Port),
    unit: z.string(),
    /** Seconds. */
    atMost: z.int(),
    /** Nothing was bound there before: what takes the plan back closes the port, and waits for nothing. */
    opens: z.literal(true).optional(),
  }),
]);

/** Done where uccert runs. */
const here = { via: z.literal('here') };

const LocalStep = z.discriminatedUnion('do', [
  /** The request that waits on the machine is given to the authority, and its answer is checked and kept. */
  z.strictObject({
    do: z.literal('obtain-reply'),
    ...here,
    for: MachineId,
    unit: z.string(),
    /** As the inventory names it. */
    authority: z.string(),
  }),
  /** A certificate into the list of single certificates a client profile accepts. */
  z.strictObject({
    do: z.literal('write-file'),
    ...here,
    client: ClientId,
    path: z.string(),
    certificate: CertificateReference,
    /** The certificate whose place it takes, or null. */
    replaces: Sha256.nullable(),
  }),
]);

/** What a person is asked to do, where no program can or should. Each has a sign that is looked for afterwards. */
export const OperatorRequest = z.discriminatedUnion('for', [
  /** `set network domain`: the machine restarts, and its cluster has to be watched. The sign: its own command line says so. */
  z.strictObject({ for: z.literal('domain'), domain: z.string() }),
  /** The name by which the Operations Console has a machine of CVP. The sign: the inventory says so. */
  z.strictObject({ for: z.literal('oamp-name'), console: z.string(), name: z.string() }),
]);
export type OperatorRequest = z.infer<typeof OperatorRequest>;

/** Done by a person. The plan stops before it, and goes on when its sign is there. */
const OperatorStep = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('ask-operator'), via: z.literal('operator'), on: MachineId, asks: OperatorRequest }),
]);

/** One thing to do: on what platform, and what. Kinds that no action carries out yet are absent here, so a plan cannot hold them. */
export const Step = z.discriminatedUnion('via', [VosStep, JavaStep, WindowsStep, LocalStep, OperatorStep]);
export type Step = z.infer<typeof Step>;
export type Via = Step['via'];
/** The steps of one platform, or one kind of them. */
export type StepOf<V extends Via, D extends Step['do'] = Step['do']> = Extract<Step, { via: V; do: D }>;

/** The machine that a step changes or waits for; null where it is done elsewhere. */
export function machineOfStep(step: Step): MachineId | null {
  return 'on' in step ? step.on : null;
}
