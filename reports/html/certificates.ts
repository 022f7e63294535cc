import type { CertificateFacts } from '../certificates.ts';
import { visible } from '../escape.ts';
import { certificateName, count, dayOf, expiryWords } from '../words.ts';
import { markup, nothing, preformatted, type Markup } from './markup.ts';
import { certificateAnchor, section } from './parts.ts';

/** Every certificate seen, folded up. The PEM is chosen whole by one click, for copying. */
export function certificatesSection(certificates: readonly CertificateFacts[], at: Date): Markup {
  if (certificates.length === 0) return nothing;
  const lead = `${count(certificates.length, 'certificate')}, each as it was seen, or given as what a PC trusts. One click on a PEM selects all of it.`;
  return section(
    'certificates',
    'Certificates',
    lead,
    certificates.map((certificate) => details(certificate, at)),
  );
}

function details(certificate: CertificateFacts, at: Date): Markup {
  const ends = certificate.isReadable ? expiryWords(certificate.notAfter, at) : '';
  return markup`
<details class="certificate" id="${certificateAnchor(certificate.sha256)}"><summary>${certificateName(certificate)}<span>${ends}</span></summary>
<dl class="facts">${certificate.isReadable ? readable(certificate) : null}
<dt>SHA-256</dt><dd class="mono">${certificate.sha256}</dd></dl>
<pre tabindex="0">${preformatted(certificate.pem)}</pre></details>`;
}

function readable(certificate: Extract<CertificateFacts, { isReadable: true }>): Markup {
  const names = certificate.alternativeNames.map((name) => visible(name)).join(', ');
  return markup`
<dt>Subject</dt><dd>${visible(certificate.subject)}</dd>
<dt>Issuer</dt><dd>${visible(certificate.issuer)}</dd>
<dt>Validity period</dt><dd>${dayOf(certificate.notBefore)} to ${dayOf(certificate.notAfter)}</dd>
<dt>subjectAltName</dt><dd>${names === '' ? 'none' : names}</dd>
<dt>Key</dt><dd>${certificate.key}</dd>
<dt>Serial number</dt><dd class="mono">${certificate.serialNumber}</dd>`;
}
