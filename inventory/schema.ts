import { isIP } from 'node:net';
import * as z from 'zod';
import { BrowserName, CertificateKind, Deployment } from '#model/inventory.ts';
import { usualThresholds } from '#model/thresholds.ts';
import { KnownProblem } from '#model/known-problem.ts';
import { relations } from '#products/relations.ts';
import { AuthorityEntry } from './authority-entry.ts';
import { partsByPage } from './page-parts.ts';
import { Reference } from './reference.ts';
import { selectorMistake } from './selector.ts';
import { Audience, ClientId, MachineId, MachineType, Port } from '#model/names.ts';

/** Relations that are judged only where the inventory names them. */
const optionalLinks = relations.filter(({ isSecured }) => isSecured !== undefined).map(({ id }) => id);

const Fqdn = z
  .string()
  .regex(
    /^(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/,
    'write the fully qualified name, for example uccx1.example.com',
  );
const Release = z
  .string()
  // All of it: 12.5SU2 would count as 12.5 and be judged by the rules of another release.
  .regex(
    /^\d+\.\d+(\(\d+[a-z]?\)(\s?SU\d+)?(\s?ES\d+)?)?$/i,
    'write it as Cisco does, for example 12.5(1)SU2 or 15.0(1)',
  );
const HostKey = z
  .string()
  .regex(/^SHA256:[A-Za-z0-9+/]{43}$/, 'write the fingerprint as ssh-keygen -lf prints it, SHA256:…');
const isPort = (text: string): boolean => Port.safeParse(Number(text)).success;
const AddressAndPort = z
  .string()
  .regex(/^(\[[0-9a-fA-F:]+\]|[^:\s]+):\d+$/, { error: 'write address:port', abort: true })
  .refine((text) => isPort(text.split(':').at(-1) ?? ''), 'write a port from 1 to 65535 behind the colon');
/** Digits and dots that are no address would only be looked up as a name, for as long as that takes. */
const Address = z
  .string()
  .refine((text) => isIP(text) !== 0 || !/^[\d.]+$|:/.test(text), 'write an IPv4 or IPv6 address, or a name');
const NameServer = z
  .string()
  .refine(
    (text) => isIP(text) !== 0 || AddressAndPort.safeParse(text).success,
    'write the address of a name server, or address:port',
  );
const TimeZone = z.string().refine((name) => isTimeZone(name), 'write an IANA name, for example Europe/Berlin');
const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write hours and minutes, for example 22:30');

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const MachineEntry = z
  .strictObject({
    type: MachineType.meta({ description: 'What the machine is.' }),
    fqdn: Fqdn.meta({ description: 'The name people and other machines use.' }),
    release: Release.optional().meta({ description: 'Release of this machine, where it differs from the deployment.' }),
    beside: z
      .array(MachineType)
      .default([])
      .meta({ description: 'Products that are co-resident on it, as Live Data and IdS on a CUIC server.' }),
    address: Address.optional().meta({ description: 'Address to connect to instead of resolving the name.' }),
    certificates: CertificateKind.default('self-signed').meta({ description: 'How its certificates are meant to be.' }),
    ports: z
      .strictObject({
        open: z.array(Port).default([]).meta({ description: 'TLS ports besides those the product has.' }),
        closed: z
          .array(Port)
          .default([])
          .meta({ description: 'Ports of the product that this machine does not have.' }),
      })
      .optional(),
    connect: z
      .record(z.string().refine(isPort, 'write a port from 1 to 65535'), AddressAndPort)
      .optional()
      .meta({ description: 'Where a port is reached when not at its own number, port to address:port.' }),
    authority: z.string().optional().meta({
      description: 'Which entry of authorities answers its requests; the only one unless said.',
    }),
    oampName: z.string().min(1).optional().meta({
      description: 'The name by which the Operations Console of CVP (OAMP) has the machine, as it stands there.',
    }),
    external: z.boolean().default(false).meta({
      description: 'Customers reach it from the internet (chat): its certificate must come from a public authority.',
    }),
    ssh: z
      .strictObject({
        hostKey: HostKey.optional(),
        port: Port.default(22),
        shell: z.enum(['cmd', 'powershell']).default('cmd').meta({
          description: 'What the SSH server of a Windows machine runs commands in.',
        }),
      })
      .optional()
      .meta({ description: 'Command line of the machine. Without a pinned host key no password is sent.' }),
    credentials: z
      .string()
      .optional()
      .meta({ description: 'Which entry of credentials to use; vos or windows unless said.' }),
    web: z.string().optional().meta({
      description:
        'Which entry of credentials signs in to OS Administration, where it is not that of the command line.',
    }),
    keyStorePassword: Reference.optional().meta({
      description: 'Where the password of the key store of CVP is, where the machine must not be asked for it.',
    }),
    trustStorePassword: Reference.optional().meta({
      description: 'Where the password of its cacerts is, where it is no longer changeit.',
    }),
  })
  .meta({ description: 'One machine.' });

const ClientEntry = z
  .strictObject({
    anchors: z.string().optional().meta({ description: 'PEM file with the trust anchors of this kind of PC.' }),
    accepted: z.string().optional().meta({ description: 'PEM file with single certificates it accepted.' }),
    nss: z.string().optional().meta({
      description:
        'Folder of its NSS database, read beside the files: that of Chromium (.pki/nssdb of its home), or a profile of Firefox.',
    }),
    audiences: z
      .array(Audience)
      .default(['agents', 'supervisors', 'report users', 'administrators', 'Finesse administrators'])
      .meta({ description: 'Who sits at it: decides which ports it opens.' }),
    public: z
      .boolean()
      .default(false)
      .meta({ description: 'Its anchors are public authorities, those that any PC in the world has.' }),
    browser: BrowserName.optional().meta({
      description: 'What uccert browse opens the pages with; any browser of the family of Chromium unless said.',
    }),
  })
  .meta({ description: 'A kind of PC by whose eyes trust is judged.' });

const CredentialEntry = z.strictObject({
  user: z.string(),
  read: Reference.meta({ description: 'Where the password for reading is.' }),
  change: Reference.optional().meta({
    description: 'Where the password for changing is; without it uccert changes nothing.',
  }),
});

/** What a test account may do; each has pages of its own. */
export const roles = ['agent', 'supervisor', 'report user', 'administrator'] as const;
export type Role = (typeof roles)[number];

const PersonEntry = z
  .strictObject({
    role: z.enum(roles).meta({ description: 'What the account may do.' }),
    user: z.string().min(1).meta({ description: 'What it signs in with.' }),
    extension: z
      .string()
      .regex(/^\d+$/, 'write digits, in quotes')
      .optional()
      .meta({ description: 'Its telephone; agents and supervisors have one.' }),
    password: Reference.meta({ description: 'Where its password is.' }),
  })
  .refine(({ role, extension }) => extension !== undefined || (role !== 'agent' && role !== 'supervisor'), {
    path: ['extension'],
    error: 'missing; an agent or a supervisor signs in with one',
  })
  .meta({ description: 'A test account, for the browser suites alone: they sign it in and out.' });

/** Selectors by page and part; what the suites do not know would never be looked for. */
const Selectors = z.record(z.string(), z.record(z.string(), z.string())).superRefine((pages, context) => {
  for (const [page, selectors] of Object.entries(pages)) {
    const parts = partsByPage[page];
    if (parts === undefined) {
      context.addIssue({ code: 'custom', path: [page], message: `no such page; write one of ${listed(partsByPage)}` });
      continue;
    }
    for (const [part, selector] of Object.entries(selectors)) {
      const mistake =
        parts[part] === undefined ? `no such part; write one of ${listed(parts)}` : selectorMistake(selector);
      if (mistake !== null) context.addIssue({ code: 'custom', path: [page, part], message: mistake });
    }
  }
});

function listed(known: Readonly<Record<string, unknown>>): string {
  return Object.keys(known).join(', ');
}

/** The inventory file, `uccert.yaml`. */
export const InventoryFile = z
  .strictObject({
    deployment: Deployment.meta({ description: 'Kind of deployment.' }),
    release: Release.meta({ description: 'Release of the deployment, for example 12.5(1)SU3.' }),
    machines: z
      .record(MachineId, MachineEntry)
      .refine((machines) => Object.keys(machines).length > 0, 'name at least one machine')
      .meta({ description: 'Machines by short name.' }),
    clients: z.record(ClientId, ClientEntry).default({}).meta({ description: 'PC profiles by name.' }),
    authorities: z
      .record(
        z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, 'lower-case letters, digits, dots and hyphens'),
        AuthorityEntry,
      )
      .default({})
      .meta({ description: 'Certification authorities by name: who answers the requests that a plan makes.' }),
    credentials: z
      .record(z.string(), CredentialEntry)
      .default({})
      .meta({ description: 'Credentials by name, as references.' }),
    people: z
      .record(z.string().min(1), PersonEntry)
      .default({})
      .meta({ description: 'Test accounts by name: what people see after they sign in is asked with them.' }),
    selectors: Selectors.default({}).meta({
      description: 'Where a page was rebuilt: its name, and selectors of its parts, as CSS or Playwright.',
    }),
    secured: z
      .array(z.enum(optionalLinks))
      .default([])
      .meta({ description: 'Links that have TLS only where somebody set it up, and that have it here.' }),
    known: z.array(KnownProblem).default([]).meta({
      description:
        'Problems that people know of: shown as such, and not counted until their day; why, and who answers for it.',
    }),
    nameServers: z.array(NameServer).min(1).optional().meta({
      description:
        'Name servers that names and addresses are looked up at, in place of those of this system: the ones that the machines and PCs ask. Address, or address:port.',
    }),
    limits: z
      .strictObject({
        connect: z.number().positive().default(3).meta({ description: 'Seconds to connect.' }),
        probe: z.number().positive().default(10).meta({ description: 'Seconds for one probe, everything included.' }),
        perMachine: z.int().min(1).max(16).default(2).meta({ description: 'Connections at once to one machine.' }),
        expiringDays: z
          .int()
          .min(1)
          .default(usualThresholds.expiringDays)
          .meta({ description: 'Days before notAfter that count as expiring.' }),
        expiringShare: z
          .number()
          .positive()
          .max(1)
          .default(usualThresholds.expiringShare)
          .meta({ description: 'The most of its validity period that a certificate counts as expiring.' }),
      })
      .prefault({}),
    window: z
      .strictObject({
        from: Clock,
        to: Clock,
        timeZone: TimeZone.default('UTC').meta({ description: 'IANA name, for example Europe/Berlin.' }),
      })
      .optional()
      .meta({
        description:
          'Maintenance window: outside of it apply, resume and roll-back do nothing that people or calls can meet.',
      }),
  })
  .meta({ title: 'uccert inventory', description: 'What uccert looks at, and through whose eyes.' });
export type InventoryFile = z.infer<typeof InventoryFile>;
