import { z } from 'zod';
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
  ])
  .meta({ description: 'A certification authority.' });
export type AuthorityEntry = z.infer<typeof AuthorityEntry>;
