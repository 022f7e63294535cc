import * as z from 'zod';
import { Reference } from './reference.ts';

const chain = z.string().meta({
  description:
    'PEM file with its root and intermediates, as the people who run it gave them out: they go into trust stores.',
});
const isPublic = z.boolean().default(false).meta({ description: 'Every PC in the world has its root.' });
const changesNames = z.boolean().default(false).meta({
  description:
    'It adds names to those of a request, as www., or leaves some out: requests for it name none, and its answer must.',
});
const common = { chain, public: isPublic, changesNames };

/** A certification authority that answers requests, and how it is asked. */
export const AuthorityEntry = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('manual'),
        ...common,
        folder: z.string().meta({
          description: 'Folder where requests are put for people to have signed, and where the answers are awaited.',
        }),
      })
      .meta({ description: 'People carry the request to the authority and bring the answer back.' }),
    z
      .strictObject({
        kind: z.literal('local'),
        ...common,
        key: z.string().meta({ description: 'Private key of the issuing certificate in the chain: PEM or PKCS #12.' }),
        password: Reference.optional().meta({ description: 'Where the password of the key is.' }),
        days: z.int().min(1).max(1825).default(397).meta({ description: 'Validity of what it issues.' }),
      })
      .meta({ description: 'An authority whose key is a file: of a laboratory, or a small internal one.' }),
    z
      .strictObject({
        kind: z.literal('adcs'),
        ...common,
        url: z
          .url({ protocol: /^https$/, error: 'write https://SERVER/certsrv: a password is never sent without TLS' })
          .meta({ description: 'Web enrolment of Active Directory Certificate Services, https://SERVER/certsrv.' }),
        connect: z.string().optional().meta({ description: 'Where it is reached when not by its name, address:port.' }),
        template: z.string().meta({ description: 'Name of a template that has server and client authentication.' }),
        user: z.string().meta({ description: 'Account, DOMAIN\\user or user.' }),
        password: Reference.meta({ description: 'Where its password is.' }),
      })
      .meta({
        description:
          'Windows authority with web enrolment, signed in to by NTLM bound to the TLS connection, or by Basic where only that is offered.',
      }),
    z
      .strictObject({
        kind: z.literal('acme'),
        ...common,
        url: z
          .url({ protocol: /^https$/, error: 'write https://SERVER/PATH of its directory' })
          .meta({ description: 'Directory of its ACME server (RFC 8555).' }),
        connect: z.string().optional().meta({ description: 'Where it is reached when not by its name, address:port.' }),
        agreesToTerms: z.literal(true).meta({ description: 'That you agree to the terms of the authority.' }),
        accountKey: z.string().meta({ description: 'Private key of the account, PEM; made where there is none.' }),
        binding: z
          .strictObject({
            kid: z.string().meta({ description: 'What the authority calls the account that it knows.' }),
            key: Reference.meta({ description: 'Where the key that it gave for it is, base64url.' }),
          })
          .optional()
          .meta({ description: 'External account binding, where the authority asks for one.' }),
        nameServer: z.string().optional().meta({
          description:
            "Name server that is asked for the record before the authority is, address:port; this PC's unless said.",
        }),
      })
      .meta({ description: 'Authority that speaks ACME, names shown by records in the DNS (dns-01).' }),
  ])
  .meta({ description: 'A certification authority.' });
export type AuthorityEntry = z.infer<typeof AuthorityEntry>;
