import 'reflect-metadata';
import { Pkcs10CertificateRequest } from '@peculiar/x509';
import type { X509Certificate } from 'node:crypto';
import { daysFrom, issueFor, type Authority } from '../../authority.ts';
import { readRequest, type Asked } from '../../request.ts';
import { templateExtension, templates, type Template } from './templates.ts';

/** How a CA differs from the next one. */
export interface CaManners {
  /** It adds `www.` before the common name to the names asked for. */
  readonly addsWww: boolean;
  /** Requests wait for an administrator; null: they are issued at once. */
  readonly issuesAfterMilliseconds: number | null;
  /** Its pages take NTLM alone, with extended protection, as KB5005413 of Microsoft advises: bound to the TLS connection. */
  readonly isHardened: boolean;
}

export const usualCaManners: CaManners = { addsWww: false, issuesAfterMilliseconds: null, isHardened: false };

/** A request that somebody sent in, by its number. */
export type Submission =
  | { readonly id: number; readonly state: 'issued'; readonly certificate: X509Certificate }
  | { readonly id: number; readonly state: 'pending'; readonly commonName: string }
  | { readonly id: number; readonly state: 'denied'; readonly message: string };

/** A CA of two tiers, with its templates and what was sent in. */
export class CertificationAuthority {
  readonly authority: Authority;
  readonly templates = templates;
  manners: CaManners;
  readonly #now: () => Date;
  readonly #timers = new Set<NodeJS.Timeout>();
  #submissions: readonly Submission[] = [];

  constructor(authority: Authority, manners: CaManners, now: () => Date) {
    this.authority = authority;
    this.manners = manners;
    this.#now = now;
  }

  /** The newest last. */
  get submissions(): readonly Submission[] {
    return this.#submissions;
  }

  /** As if nobody had sent anything in. */
  forget(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#submissions = [];
  }

  /** Takes a request in; `attributes` are lines of `Name:value`. */
  async submit(request: string, attributes: string): Promise<Submission> {
    const id = this.#submissions.length + 1;
    const wanted = /^CertificateTemplate:\s*(.*?)\s*$/im.exec(attributes)?.[1] ?? '';
    const template = templates.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
    if (template === undefined) return this.#keep({ id, state: 'denied', message: templateRefusal(wanted) });
    const asked = await readProved(request);
    if (typeof asked === 'string') return this.#keep({ id, state: 'denied', message: asked });
    const { issuesAfterMilliseconds } = this.manners;
    if (issuesAfterMilliseconds === null) return this.#keep(await this.#issue(id, asked, template));
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#issue(id, asked, template).then((issued) => this.#keep(issued));
    }, issuesAfterMilliseconds);
    this.#timers.add(timer);
    return this.#keep({ id, state: 'pending', commonName: asked.commonName });
  }

  #keep(submission: Submission): Submission {
    this.#submissions = [...this.#submissions.filter(({ id }) => id !== submission.id), submission];
    return submission;
  }

  async #issue(id: number, asked: Asked, template: Template): Promise<Submission> {
    // Who adds www. writes the common name among the names too, as public authorities must.
    const added = this.manners.addsWww ? [asked.commonName, `www.${asked.commonName}`] : [];
    const names = [...new Set([...asked.names, ...added])];
    const certificate = await issueFor(asked.publicKey, {
      ...template.extensions,
      commonName: asked.commonName,
      names: names.length === 0 ? null : names,
      issuer: this.authority.intermediate,
      notBefore: daysFrom(this.#now(), 0),
      notAfter: daysFrom(this.#now(), template.years * 365),
      extra: [templateExtension(template)],
    });
    return { id, state: 'issued', certificate };
  }
}

function templateRefusal(wanted: string): string {
  return wanted === ''
    ? 'Denied by Policy Module  0x80094801, The request does not contain a certificate template extension or the CertificateTemplate request attribute.'
    : `Denied by Policy Module  0x80094800, The request was for a certificate template that is not supported by the Active Directory Certificate Services policy: ${wanted}.`;
}

/** What is asked for, where the request is one and whoever made it has the key; else the refusal. */
async function readProved(request: string): Promise<Asked | string> {
  try {
    const asked = readRequest(request);
    const isProved = await new Pkcs10CertificateRequest(request).verify();
    return isProved ? asked : 'Error Verifying Request Signature or Signing Certificate';
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return 'Error Parsing Request  ASN1 bad tag value met. 0x8009310b (ASN: 267 CRYPT_E_ASN1_BADTAG)';
  }
}
