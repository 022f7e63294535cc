import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isMap, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { messageOf, UsageError } from '#model/errors.ts';
import type { InventorySnapshot, Machine } from '#model/inventory.ts';
import type { ClientId, MachineId, Sha256 } from '#model/names.ts';
import { listenersOf } from '#products/index.ts';
import { readPemFile } from './pem-file.ts';
import { InventoryFile } from './schema.ts';

/** How uccert signs in to a machine; null parts were not given. */
export interface Access {
  readonly host: string;
  readonly port: number;
  readonly hostKey: string | null;
  readonly user: string | null;
  /** References, loaded only when used. */
  readonly read: string | null;
  readonly change: string | null;
}

/** Limits of the collector, milliseconds. */
export interface Limits {
  readonly connectMs: number;
  readonly probeMs: number;
  readonly perMachine: number;
}

/** Hours in which changes may be made; the window may span midnight. */
export interface MaintenanceWindow {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}

/** An inventory read, checked and filled in. */
export interface Inventory {
  /** Absolute path. */
  readonly file: string;
  readonly snapshot: InventorySnapshot;
  /** Certificates of the client profiles: SHA-256 to base64 DER. */
  readonly certificates: Readonly<Record<Sha256, string>>;
  readonly access: ReadonlyMap<MachineId, Access>;
  /** Absolute paths of the profiles' lists of single certificates. */
  readonly acceptedFiles: ReadonlyMap<ClientId, string>;
  readonly limits: Limits;
  readonly window: MaintenanceWindow | null;
}

/** Reads an inventory file. Every mistake in it is named at once, each with its line and what to write. */
export function loadInventory(file: string): Inventory {
  const path = resolve(file);
  const parsed = parse(path);
  const certificates: Record<Sha256, string> = {};
  const acceptedFiles = new Map<ClientId, string>();

  const clients = Object.entries(parsed.clients).map(([name, entry]) => {
    const id = name as ClientId;
    const listed = (reference: string | undefined): Sha256[] =>
      reference === undefined ? [] : readPemFile(resolve(dirname(path), reference), path, certificates);
    if (entry.accepted !== undefined) acceptedFiles.set(id, resolve(dirname(path), entry.accepted));
    return { id, anchors: listed(entry.anchors), accepted: listed(entry.accepted), audiences: entry.audiences };
  });

  const access = new Map<MachineId, Access>();
  const machines = Object.entries(parsed.machines).map(([name, entry]): Machine => {
    const id = name as MachineId;
    const release = entry.release ?? parsed.release;
    const mapped = entry.connect?.['22'];
    const credentials = parsed.credentials[entry.credentials ?? 'vos'];
    access.set(id, {
      host: mapped?.replace(/:\d+$/, '') ?? entry.address ?? entry.fqdn,
      port: mapped === undefined ? (entry.ssh?.port ?? 22) : Number(mapped.split(':').at(-1)),
      hostKey: entry.ssh?.hostKey ?? null,
      user: credentials?.user ?? null,
      read: credentials?.read ?? null,
      change: credentials?.change ?? null,
    });
    const closed = new Set(entry.ports?.closed);
    const own = listenersOf(entry.type, release).map(({ port }) => port);
    return {
      id,
      type: entry.type,
      fqdn: entry.fqdn.toLowerCase(),
      release,
      address: entry.address ?? null,
      certificates: entry.certificates,
      ports: [...new Set([...own, ...(entry.ports?.open ?? [])])]
        .filter((port) => !closed.has(port))
        .sort((a, b) => a - b),
      connect: entry.connect ?? {},
    };
  });

  return {
    file: path,
    snapshot: {
      file: path,
      deployment: parsed.deployment,
      release: parsed.release,
      machines,
      clients,
      thresholds: { expiringDays: parsed.limits.expiringDays },
    },
    certificates,
    access,
    acceptedFiles,
    limits: {
      connectMs: parsed.limits.connect * 1000,
      probeMs: parsed.limits.probe * 1000,
      perMachine: parsed.limits.perMachine,
    },
    window: parsed.window ?? null,
  };
}

function parse(path: string): InventoryFile {
  const matters =
    'uccert looks at nothing before it knows all of the inventory: a half-read one would leave machines out.';
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const todo = 'Write one with uccert init, name another file, or start the lab with uccert lab up.';
    throw new UsageError(
      { seen: `The inventory ${path} cannot be read: ${messageOf(error)}`, matters, todo },
      { cause: error },
    );
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: true });
  const mistakes = document.errors.map(
    (error) => `${path}:${String(lines.linePos(error.pos[0]).line)}: ${error.message.split('\n')[0] ?? ''}`,
  );
  if (mistakes.length === 0) {
    const result = InventoryFile.safeParse(document.toJS() ?? {});
    if (result.success) return withKnownCredentials(result.data, path, document, lines);
    mistakes.push(
      ...result.error.issues.map((issue) => {
        const at = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
        return `${path}:${lineOf(at, document, lines)}: ${inWords(issue)}`;
      }),
    );
  }
  const seen = `The inventory has ${String(mistakes.length)} ${mistakes.length === 1 ? 'mistake' : 'mistakes'}:\n${mistakes.map((line) => `  ${line}`).join('\n')}`;
  throw new UsageError({ seen, matters, todo: 'Put the lines right; uccert init shows a commented example of each.' });
}

function withKnownCredentials(
  inventory: InventoryFile,
  path: string,
  document: Document,
  lines: LineCounter,
): InventoryFile {
  for (const [id, machine] of Object.entries(inventory.machines)) {
    const name = machine.credentials;
    if (name === undefined || name in inventory.credentials) continue;
    throw new UsageError({
      seen: `${path}:${lineOf(['machines', id, 'credentials'], document, lines)}: the machine ${id} names credentials "${name}", which are not listed.`,
      matters: 'uccert could not sign in to it.',
      todo: `Add "${name}" under credentials, or name one of: ${Object.keys(inventory.credentials).join(', ') || 'none yet'}.`,
    });
  }
  return inventory;
}

/** The line of the nearest node that exists on the way to `path`. */
function lineOf(path: readonly PropertyKey[], document: Document, lines: LineCounter): string {
  for (let length = path.length; length >= 0; length -= 1) {
    const way = path.slice(0, length).map(String);
    const parent = length === 0 ? document.contents : document.getIn(way.slice(0, -1), true);
    if (isMap(parent)) {
      const pair = parent.items.find(({ key }) => String(key) === way.at(-1));
      const range = (pair?.key as { range?: readonly number[] } | undefined)?.range;
      if (range?.[0] !== undefined) return String(lines.linePos(range[0]).line);
    }
  }
  return '1';
}

function inWords(issue: z.core.$ZodIssue): string {
  const where = issue.path.map(String).join('.') || 'the file';
  switch (issue.code) {
    case 'unrecognized_keys':
      return `${where}: unknown ${issue.keys.length === 1 ? 'key' : 'keys'} ${issue.keys.join(', ')}; remove or respell`;
    case 'invalid_value':
      return `${where}: write one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_type':
      return issue.input === undefined
        ? `${where}: missing; write a ${issue.expected}`
        : `${where}: write a ${issue.expected}`;
    case 'invalid_key':
      return `${where}: "${String(issue.path.at(-1))}" is no name: ${issue.issues.map(({ message }) => message).join('; ')}`;
    default:
      return `${where}: ${issue.message}`;
  }
}
