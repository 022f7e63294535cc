import type { CertificateFacts } from '../certificates.ts';
import { certificateName } from '../words.ts';
import { markup, type Markup } from './markup.ts';

/** A section of the page under its own heading, reachable by link. */
export function section(id: string, title: string, lead: string | null, body: Markup | readonly Markup[]): Markup {
  return markup`
<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${lead === null ? null : markup`<p class="lead">${lead}</p>`}
${body}
</section>`;
}

/** The place of a certificate on the page. */
export function certificateAnchor(sha256: string): string {
  return `certificate-${sha256.slice(0, 16)}`;
}

/** The certificate's name, leading to its details. */
export function certificateLink(certificate: CertificateFacts): Markup {
  return markup`<a href="#${certificateAnchor(certificate.sha256)}">${certificateName(certificate)}</a>`;
}
