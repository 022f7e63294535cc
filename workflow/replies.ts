import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { sha256 } from '#model/digest.ts';
import { Refusal } from '#model/errors.ts';
import { isPresent } from '#model/verdict.ts';
import type { MachineId, Sha256 } from '#model/names.ts';
import { daysLeft } from '#model/expiring.ts';
import type { Thresholds } from '#model/inventory.ts';
import { certificatesOfPem, requestsOfPem, requestToPem, toPem } from '#model/pem.ts';
import type { StepOf } from '#model/step.ts';
import type { Inventory } from '#inventory/load.ts';
import { Unreadable } from '#keystores/contents.ts';
import { readFile } from '#keystores/read-file.ts';
import type { Replies } from '#remediations/actions/action.ts';
import { isReadable, readCertificate } from '#x509/certificate.ts';
import { readCertificationRequest } from '#x509/certification-request.ts';
import { keyPurpose, keyPurposeTitle } from '#x509/oids.ts';
import { authorityNamed } from './authorities.ts';
import { check } from './check.ts';
import { writeWhole } from './whole-file.ts';

type Obtain = StepOf<'here', 'obtain-reply'>;

/** What obtaining a reply needs of the apply that it is part of. */
export interface Waiting {
  readonly planId: string;
  /** Folder of this plan's requests and replies. */
  readonly folder: string;
  /** Says in words whose turn it is. */
  readonly awaits: (words: string) => void;
  /** Says, once it is waited, that nothing is lost by leaving. */
  readonly canBeLeft: () => void;
  readonly isStopped: () => boolean;
  /** Machines that are to be given back client authentication: an answer without it would be the fault anew. */
  readonly lackClientAuth: ReadonlySet<MachineId>;
  readonly pause: (ms: number) => Promise<void>;
}

/** Milliseconds between two questions, growing to the last: people take days. */
const lastPause = 15_000;
const pauses = [200, 500, 1000, 2000, 5000, lastPause] as const;
/** So often, in milliseconds, it is seen that the operator wants no more of it. */
const mostDeaf = 500;

/** The folder of a plan's requests and replies, beside its journal. */
export function repliesFolder(journalFile: string): string {
  return journalFile.replace(/\.jsonl$/, '');
}

/** What is kept of one request. */
type Kept = 'csr' | 'ticket' | 'answer.pem' | 'reply.pem';

/** Where that lies in the folder of a plan. */
export function keptFile(folder: string, machine: MachineId, unit: string, kept: Kept): string {
  return join(folder, `${machine}.${unit}.${kept}`);
}

/** One request on its way to its answer. */
interface Asking {
  /** Whether the answer is there and was taken. */
  readonly once: () => Promise<boolean>;
  /** Whether what lies there was refused. */
  readonly isWrong: () => boolean;
}

/** Requests, tickets and replies of one plan, as files: what a killed process had, the next one finds. */
export function repliesOf(inventory: Inventory, waiting: Waiting): Replies {
  const { folder } = waiting;
  const file = (machine: MachineId, unit: string, ending: Kept): string => keptFile(folder, machine, unit, ending);
  const textOf = (path: string): string | null => (existsSync(path) ? readFileSync(path, 'utf8') : null);
  const keep = (path: string, text: string): void => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeWhole(path, text, 0o600);
  };
  const requestOf = (machine: MachineId, unit: string): Buffer | null =>
    requestsOfPem(textOf(file(machine, unit, 'csr')) ?? '')[0] ?? null;
  const reply = (machine: MachineId, unit: string): Buffer | null =>
    certificatesOfPem(textOf(file(machine, unit, 'reply.pem')) ?? '')[0] ?? null;

  function asking(step: Obtain, request: Buffer): Asking {
    const paths = {
      request: file(step.for, step.unit, 'csr'),
      ticket: file(step.for, step.unit, 'ticket'),
      checked: file(step.for, step.unit, 'answer.pem'),
      reply: file(step.for, step.unit, 'reply.pem'),
    };
    // A ticket is for the request that it was given for.
    if (requestOf(step.for, step.unit)?.equals(request) !== true) keep(paths.ticket, '');
    keep(paths.request, requestToPem(request));
    const authority = authorityNamed(step.authority, inventory);
    const fqdn = inventory.snapshot.machines.find(({ id }) => id === step.for)?.fqdn ?? step.for;
    const { commonNames, subjectAltName } = readCertificationRequest(request);
    const asked = new Set([...(subjectAltName?.dns ?? []), ...commonNames].map((each) => each.toLowerCase()));
    const names = asked.size === 0 ? [fqdn] : [...asked];
    const isManual = inventory.authorities.some(({ name, kind }) => name === step.authority && kind === 'manual');
    let said = '';
    let isTaken = false;
    let refused: Sha256 | null = null;
    const say = (words: string): void => {
      if (words !== said) waiting.awaits(words);
      said = words;
    };
    async function once(): Promise<boolean> {
      if (isTaken) return true;
      const ticket = textOf(paths.ticket);
      const name = `${step.for}-${step.unit}`;
      const answer = await authority.ask({
        der: request,
        name,
        fqdn,
        names,
        isNameless: asked.size === 0,
        ticket: ticket === '' ? null : ticket,
      });
      if (answer.status !== 'answered') {
        if (answer.ticket !== ticket) keep(paths.ticket, answer.ticket);
        say(`${answer.awaits}. It is looked for at least every ${String(lastPause / 1000)} s.`);
        return false;
      }
      if (sha256(answer.file) === refused) return false;
      const taken = takenFrom(answer.file, request);
      const lost = 'reply' in taken ? purposesLost(taken.reply, request) : [];
      const wrong =
        'wrong' in taken
          ? taken.wrong
          : (wrongWith(step, taken.reply, paths, inventory) ?? stillLacking(step, lost, waiting));
      if (wrong === null && 'reply' in taken) {
        keep(paths.reply, toPem(taken.reply));
        isTaken = true;
        if (lost.length > 0)
          say(
            `The answer of ${step.authority} for ${step.unit} of ${step.for} is taken, but it is not for ${lost.map(keyPurposeTitle).join(' and ')}, which the request asked for: a template with both may be wanted`,
          );
        return true;
      }
      const file = answer.path === undefined ? '' : ` (${basename(answer.path)})`;
      const words = `The answer of ${step.authority} for ${step.unit} of ${step.for}${file} is not taken: ${wrong ?? ''}`;
      // People can bring another; a program would answer the same again.
      if (!isManual) throw new Error(words);
      refused = sha256(answer.file);
      const csr = answer.path === undefined ? 'the request' : join(dirname(answer.path), `${name}.csr`);
      say(`${words}. Have ${csr} signed, and put the answer in its place; of several the newest counts.`);
      return false;
    }
    return { once, isWrong: () => !isTaken && refused !== null };
  }

  async function pauseFor(ms: number): Promise<void> {
    for (let left = ms; left > 0 && !waiting.isStopped(); left -= mostDeaf)
      await waiting.pause(Math.min(left, mostDeaf));
  }

  /** As far as it goes on over the life of this process: what was said or refused once is not said again. */
  const underWay = new Map<string, Asking>();
  const askingFor = (step: Obtain, request: Buffer): Asking => {
    const key = `${step.for} ${step.unit} ${sha256(request)}`;
    const found = underWay.get(key) ?? asking(step, request);
    underWay.set(key, found);
    return found;
  };

  let isTold = false;
  function tellHowToLeave(): void {
    if (!isTold) waiting.canBeLeft();
    isTold = true;
  }

  return {
    reply,
    answered: (machine, unit) => Promise.resolve(reply(machine, unit) === null ? null : requestOf(machine, unit)),
    async handIn(step, request) {
      await askingFor(step, request).once();
    },
    async obtain(step, request) {
      const own = askingFor(step, request);
      for (let look = 0; ; look += 1) {
        const isTaken = await own.once();
        // A wrong answer to another is told while this one is awaited, and as long as it lies there nothing is begun on the first.
        for (const other of underWay.values()) await other.once();
        if (isTaken && [...underWay.values()].every(({ isWrong }) => !isWrong())) return;
        tellHowToLeave();
        await pauseFor(pauses[Math.min(look, pauses.length - 1)] ?? lastPause);
        if (waiting.isStopped()) throw stopped(step, waiting.planId);
      }
    },
  };
}

/** The certificate for the request, out of whatever the authority gave. */
function takenFrom(file: Buffer, request: Buffer): { readonly reply: Buffer } | { readonly wrong: string } {
  try {
    const wanted = readCertificationRequest(request).subjectPublicKeyInfo;
    const read = readFile(file);
    const certificates = [...read.certificates.values()].map((der) => Buffer.from(der));
    const reply = certificates.find((der) => {
      const certificate = readCertificate(der);
      return isReadable(certificate) && certificate.subjectPublicKeyInfo === wanted;
    });
    if (reply !== undefined) return { reply };
    const broken = read.contents.parts.find((part) => part.holds === 'broken');
    if (certificates.length === 0 && broken !== undefined)
      return { wrong: `${broken.where} cannot be read: ${broken.reason}` };
    return {
      wrong: `it holds ${certificates.length === 1 ? 'one certificate, which is not' : `${String(certificates.length)} certificates, and none is`} for the key of the request`,
    };
  } catch (error) {
    if (error instanceof Unreadable) return { wrong: error.message };
    throw error;
  }
}

/** Judges the reply as `uccert check` does before an upload: against the request, the machine's name and product, and the chain. */
function wrongWith(
  step: Obtain,
  reply: Buffer,
  paths: { readonly request: string; readonly checked: string },
  inventory: Inventory,
): string | null {
  const machine = inventory.snapshot.machines.find(({ id }) => id === step.for);
  const authority = inventory.authorities.find(({ name }) => name === step.authority);
  if (machine === undefined || authority === undefined) return 'the inventory lacks the machine or the authority';
  writeWhole(paths.checked, toPem(reply), 0o600);
  const { run } = check({
    command: [],
    // Who of the clients trusts it is judged when ports present it.
    inventory: { ...inventory.snapshot, clients: [] },
    certificates: {},
    machine: step.for,
    isMachineKnown: true,
    paths: {
      checked: [paths.checked],
      request: [paths.request],
      intermediates: [authority.chain],
      store: [authority.chain],
      anchors: [],
    },
    known: null,
    names: machine.fqdn === null ? [] : [machine.fqdn],
    unit: step.unit,
    password: null,
    judgeAt: null,
  });
  // Its chain is judged with it, and is the operator's own.
  const found = run.findings
    .filter(isPresent)
    .filter(({ subject, verdict }) => {
      const isOfReply = subject.scope === 'file' && subject.path === paths.checked;
      return isOfReply && (verdict.severity === 'critical' || verdict.severity === 'major');
    })
    .map(({ fault, verdict }) => `${fault}: ${verdict.because}`);
  found.push(...tooShort(reply, inventory.snapshot.thresholds));
  if (found.length === 0) return null;
  const hint =
    found.some((words) => words.startsWith('request-names-differ')) && !authority.changesNames
      ? `. If ${authority.name} does that to every request, say changesNames: true of it and plan again: requests then name nothing`
      : '';
  return `${[...new Set(found)].join('; ')}${hint}`;
}

/** An answer that would count as expiring on a machine with a usual one is none to go through restarts for. */
function tooShort(reply: Buffer, { expiringDays }: Thresholds): string[] {
  const certificate = readCertificate(reply);
  if (!isReadable(certificate)) return [];
  const days = daysLeft(certificate, new Date());
  if (days >= expiringDays) return [];
  const until = certificate.notAfter.toISOString().slice(0, 10);
  return [
    `it is valid for ${String(days)} more ${days === 1 ? 'day' : 'days'}, until ${until}, and fewer than ${String(expiringDays)} count as expiring (expiringDays under limits in the inventory)`,
  ];
}

/** What the request asked to be used for, of server and client authentication, and the answer does not allow. */
function purposesLost(reply: Buffer, request: Buffer): string[] {
  const asked = readCertificationRequest(request).extKeyUsage ?? [];
  const certificate = readCertificate(reply);
  // An extension left out allows everything: RFC 5280 section 4.2.1.12.
  const got = isReadable(certificate) ? certificate.extKeyUsage : null;
  if (got === null) return [];
  return [keyPurpose.serverAuth, keyPurpose.clientAuth].filter(
    (purpose) => asked.includes(purpose) && !got.includes(purpose),
  );
}

function stillLacking(step: Obtain, lost: readonly string[], { lackClientAuth }: Waiting): string | null {
  if (!lost.includes(keyPurpose.clientAuth) || !lackClientAuth.has(step.for)) return null;
  return `client-authentication-missing: it is not for ${keyPurposeTitle(keyPurpose.clientAuth)}, which is what the plan is to bring back; the template has to allow server and client authentication`;
}

function stopped({ authority, for: machine, unit }: Obtain, planId: string): Refusal {
  return new Refusal({
    seen: `Stopped while ${authority} had not answered the request for ${unit} of ${machine}.`,
    matters: 'The request waits; nothing that the machine presents has changed yet.',
    todo: `Wait on: uccert resume ${planId}    Take back: uccert roll-back ${planId}`,
  });
}
