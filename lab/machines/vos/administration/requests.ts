import type { Hash, KeyKind } from '../../../authority.ts';
import { html, nothing, type Html } from '../../html.ts';
import { fieldOf } from '../../request-body.ts';
import type { CertificateUnit } from '../certificate-unit.ts';
import type { VosMachine } from '../machine.ts';
import { commonNameFor, domainOf, type RequestForm } from '../request-form.ts';
import {
  field,
  page,
  select,
  statusBox,
  textInput,
  tokenFields,
  type Answer,
  type Status,
  type Visit,
} from './layout.ts';
import { inferred, restartAdvice, seen, words } from './names.ts';

const rsaLengths = ['1024', '2048', '3072', '4096'];
const curves = { '256': 'P-256', '384': 'P-384' } as const;
const hashes = { SHA256: 'SHA-256', SHA384: 'SHA-384' } as const;

function unitOf(machine: VosMachine, purpose: string): CertificateUnit {
  return machine.units.get(purpose) ?? machine.units.tomcat;
}

function distributionOf(text: string | null): 'this-server' | 'multi-server' {
  return text === 'multi-server' ? 'multi-server' : 'this-server';
}

function keyFields(unit: CertificateUnit): Html {
  const isEc = 'ec' in unit.keyKind;
  const lengths = (isEc ? Object.keys(curves) : rsaLengths).map((length) => [length, length] as const);
  return html`${field('Key Type', 'KEYTYPE', html`<input id="KEYTYPE" value="${isEc ? 'EC' : 'RSA'}" readonly />`)}
  ${field('Key Length', inferred.keyLength, select(inferred.keyLength, lengths, isEc ? '384' : '2048'))}
  ${field(
    'Hash Algorithm',
    inferred.hash,
    select(
      inferred.hash,
      [
        ['SHA256', 'SHA256'],
        ['SHA384', 'SHA384'],
      ],
      isEc ? 'SHA384' : 'SHA256',
    ),
  )}`;
}

function purposeField(machine: VosMachine, unit: CertificateUnit): Html {
  const purposes = machine.units.all.map(({ name }) => [name, name] as const);
  return field('Certificate Purpose', seen.purpose, select(seen.purpose, purposes, unit.name));
}

/** Purpose and distribution change what stands below them. */
const reload = html`<script>
  for (const id of ['${seen.purpose}', '${inferred.distribution}'])
    document.getElementById(id)?.addEventListener('change', () => {
      const fields = new URLSearchParams();
      for (const name of ['${seen.purpose}', '${inferred.distribution}'])
        fields.set(name, document.getElementById(name)?.value ?? '');
      location.search = fields.toString();
    });
</script>`;

/** The nodes that will share the certificate: nobody types them. */
function namesField(machine: VosMachine): Html {
  const names = machine.cluster().map(({ fqdn }) => fqdn);
  return field(
    'Auto-populated Domains',
    'FILLEDDOMAINS',
    html`<textarea id="FILLEDDOMAINS" readonly>${names.join('\n')}</textarea>`,
  );
}

function requestForm(visit: Visit, unit: CertificateUnit, chosen: string | null, status: Status | null): Answer {
  const { machine, session } = visit;
  const distribution = distributionOf(chosen);
  const host = machine.fqdn.split('.')[0] ?? machine.fqdn;
  const distributions: (readonly [string, string])[] = [['this-server', host]];
  if (machine.cluster().length > 1) distributions.push(['multi-server', 'Multi-server(SAN)']);
  const autoPopulated = distribution === 'multi-server' ? namesField(machine) : nothing;
  return page(
    'Generate Certificate Signing Request',
    html`<h1>Generate Certificate Signing Request</h1>
      ${statusBox(status)}
      <form method="post" action="${inferred.generateRequest}">
        ${tokenFields(session)}
        <div class="fields">
          ${purposeField(machine, unit)}
          ${field('Distribution', inferred.distribution, select(inferred.distribution, distributions, distribution))}
          ${field('Common Name', inferred.commonName, textInput(inferred.commonName, commonNameFor(machine, unit, distribution)))}
        </div>
        <h2>Subject Alternate Names (SANs)</h2>
        <div class="fields">
          ${autoPopulated}
          ${field('Parent Domain', inferred.parentDomain, textInput(inferred.parentDomain, domainOf(machine)))}
          ${field('Other Domains', inferred.otherDomains, html`<textarea name="${inferred.otherDomains}" id="${inferred.otherDomains}"></textarea>`)}
        </div>
        <h2>Key</h2>
        <div class="fields">${keyFields(unit)}</div>
        <div class="bar">
          <input type="submit" class="cuesButton" value="Generate" /><a class="cuesButton" href="${seen.list}">Close</a>
        </div>
      </form>
      ${reload}`,
  );
}

export function requestPage(visit: Visit): Answer {
  const unit = unitOf(visit.machine, visit.query.get(seen.purpose) ?? '');
  return requestForm(visit, unit, visit.query.get(inferred.distribution), null);
}

/** Unknown lengths and hashes are as the page shows them first. */
function keyOf(unit: CertificateUnit, length: string): KeyKind {
  if ('ec' in unit.keyKind) return { ec: length === '256' ? 'P-256' : 'P-384' };
  return rsaLengths.includes(length) ? { rsa: Number(length) } : unit.keyKind;
}

function hashOf(text: string): Hash {
  return text === 'SHA384' ? hashes.SHA384 : hashes.SHA256;
}

function formWish({ form }: Visit, unit: CertificateUnit): RequestForm {
  const commonName = fieldOf(form, inferred.commonName);
  return {
    distribution: distributionOf(fieldOf(form, inferred.distribution)),
    ...(commonName === '' ? {} : { commonName }),
    parentDomain: fieldOf(form, inferred.parentDomain),
    otherDomains: fieldOf(form, inferred.otherDomains)
      .split(/[\s,]+/)
      .filter((name) => name !== ''),
    key: keyOf(unit, fieldOf(form, inferred.keyLength)),
    hash: hashOf(fieldOf(form, inferred.hash)),
  };
}

export async function generateRequest(visit: Visit): Promise<Answer> {
  const unit = visit.machine.units.get(fieldOf(visit.form, seen.purpose));
  const distribution = fieldOf(visit.form, inferred.distribution);
  if (unit === undefined) {
    return requestForm(visit, visit.machine.units.tomcat, distribution, { kind: 'refused', lines: [words.unknown] });
  }
  await visit.machine.newRequest(unit, formWish(visit, unit));
  return requestForm(visit, unit, distribution, { kind: 'done', lines: [words.generated] });
}

function downloadForm({ machine, session }: Visit, status: Status | null): Answer {
  const waiting = machine.units.all.filter(({ request }) => request !== null).map(({ name }) => [name, name] as const);
  const main =
    waiting.length === 0
      ? statusBox(status ?? { kind: 'refused', lines: [words.noRequest] })
      : html`${statusBox(status)}
          <form method="post" action="${seen.downloadRequest}">
            ${tokenFields(session)}
            <div class="fields">${field('Certificate Purpose', seen.purpose, select(seen.purpose, waiting, ''))}</div>
            <div class="bar">
              <input type="submit" class="cuesButton" value="Download CSR" /><a class="cuesButton" href="${seen.list}"
                >Close</a
              >
            </div>
          </form>`;
  return page(
    'Download Certificate Signing Request',
    html`<h1>Download Certificate Signing Request</h1>
      ${main}`,
  );
}

export function downloadRequestPage(visit: Visit): Answer {
  return downloadForm(visit, null);
}

export function downloadRequest(visit: Visit): Answer {
  const unit = visit.machine.units.get(fieldOf(visit.form, seen.purpose));
  if (!unit?.request) return downloadForm(visit, { kind: 'refused', lines: [words.noRequest] });
  return { as: 'file', name: `${unit.name}.csr`, type: 'application/octet-stream', body: unit.request.pem };
}

function selfSignedForm({ machine, session }: Visit, unit: CertificateUnit, status: Status | null): Answer {
  return page(
    'Generate New Self-signed Certificate',
    html`<h1>Generate New Self-signed Certificate</h1>
      ${statusBox(status)}
      <p class="hint">It takes the place of the certificate that is there, also of one that a CA has signed.</p>
      <form method="post" action="${inferred.generateSelfSigned}">
        ${tokenFields(session)}
        <div class="fields">${purposeField(machine, unit)}${keyFields(unit)}</div>
        <div class="bar">
          <input type="submit" class="cuesButton" value="Generate" /><a class="cuesButton" href="${seen.list}">Close</a>
        </div>
      </form>
      ${reload}`,
  );
}

export function selfSignedPage(visit: Visit): Answer {
  return selfSignedForm(visit, unitOf(visit.machine, visit.query.get(seen.purpose) ?? ''), null);
}

export async function generateSelfSigned(visit: Visit): Promise<Answer> {
  const unit = visit.machine.units.get(fieldOf(visit.form, seen.purpose));
  if (unit === undefined) {
    return selfSignedForm(visit, visit.machine.units.tomcat, { kind: 'refused', lines: [words.unknown] });
  }
  await unit.regenerate(keyOf(unit, fieldOf(visit.form, inferred.keyLength)));
  return selfSignedForm(visit, unit, { kind: 'done', lines: [words.regenerated, restartAdvice(unit.name)] });
}
