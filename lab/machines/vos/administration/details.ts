import type { X509Certificate } from 'node:crypto';
import { html, type Html } from '../../html.ts';
import { fieldOf } from '../../request-body.ts';
import { certificateText } from '../certificate-text.ts';
import type { CertificateUnit } from '../certificate-unit.ts';
import type { TrustStore } from '../trust-store.ts';
import { page, statusBox, tokenFields, type Answer, type Status, type Visit } from './layout.ts';
import { inferred, restartAdvice, seen, words } from './names.ts';

type Found =
  | { readonly usage: 'own'; readonly unit: CertificateUnit; readonly certificate: X509Certificate }
  | { readonly usage: 'trust'; readonly store: TrustStore; readonly certificate: X509Certificate };

/** One certificate of the machine, by its unit or store and its file. */
interface Named {
  readonly purpose: string;
  readonly file: string;
}

async function find({ machine }: Visit, { purpose, file }: Named): Promise<Found | null> {
  const unit = machine.units.get(purpose);
  if (unit !== undefined) return { usage: 'own', unit, certificate: (await unit.identity()).certificate };
  const store = machine.units.store(purpose);
  const certificate = store?.get(file);
  return store === undefined || certificate === undefined ? null : { usage: 'trust', store, certificate };
}

function namedByQuery({ query }: Visit): Named {
  return { purpose: query.get(inferred.store) ?? '', file: query.get(inferred.certificate) ?? '' };
}

function namedByForm({ form }: Visit): Named {
  return { purpose: fieldOf(form, inferred.store), file: fieldOf(form, inferred.certificate) };
}

function absent(): Answer {
  return page('Certificate Details', statusBox({ kind: 'refused', lines: [words.unknown] }));
}

function button(visit: Visit, { purpose, file }: Named, action: string, title: string): Html {
  return html`<form method="post" action="${action}">
    ${tokenFields(visit.session)} <input type="hidden" name="${inferred.store}" value="${purpose}" /><input
      type="hidden"
      name="${inferred.certificate}"
      value="${file}"
    />
    <button class="cuesButton">${title}</button>
  </form>`;
}

function downloadLink({ purpose, file }: Named, format: 'PEM' | 'DER'): Html {
  const query = new URLSearchParams({
    [inferred.store]: purpose,
    [inferred.certificate]: file,
    [inferred.format]: format,
  });
  return html`<a class="cuesButton" href="${inferred.download}?${query.toString()}">Download .${format} File</a>`;
}

function shown(visit: Visit, named: Named, found: Found, status: Status | null): Answer {
  const change =
    found.usage === 'trust'
      ? button(visit, named, inferred.delete, 'Delete')
      : html`${button(visit, named, inferred.regenerate, 'Regenerate')}<a
            class="cuesButton"
            href="${inferred.generateRequest}?${seen.purpose}=${named.purpose}"
            >Generate CSR</a
          >`;
  return page(
    'Certificate Details',
    html`<h1>Certificate Details for ${named.purpose}/${named.file}</h1>
      ${statusBox(status)}
      <div class="bar">
        ${change}${downloadLink(named, 'PEM')}${downloadLink(named, 'DER')}<a class="cuesButton" href="${seen.list}"
          >Close</a
        >
      </div>
      <h2>Certificate File Data</h2>
      <pre>${certificateText(found.certificate)}</pre>`,
  );
}

export async function detailsPage(visit: Visit): Promise<Answer> {
  const named = namedByQuery(visit);
  const found = await find(visit, named);
  return found === null ? absent() : shown(visit, named, found, null);
}

export async function downloadCertificate(visit: Visit): Promise<Answer> {
  const named = namedByQuery(visit);
  const found = await find(visit, named);
  if (found === null) return absent();
  const isDer = visit.query.get(inferred.format) === 'DER';
  return {
    as: 'file',
    name: isDer ? named.file.replace(/\.pem$/, '.der') : named.file,
    type: 'application/octet-stream',
    body: isDer ? found.certificate.raw : found.certificate.toString(),
  };
}

/** A new self-signed certificate in the place of the identity. */
export async function regenerate(visit: Visit): Promise<Answer> {
  const named = namedByForm(visit);
  const found = await find(visit, named);
  if (found?.usage !== 'own') return absent();
  await found.unit.regenerate();
  const status: Status = { kind: 'done', lines: [words.regenerated, restartAdvice(found.unit.name)] };
  const { certificate } = await found.unit.identity();
  return shown(visit, named, { ...found, certificate }, status);
}

/** A certificate out of a trust store. */
export async function deleteTrusted(visit: Visit): Promise<Answer> {
  const named = namedByForm(visit);
  const found = await find(visit, named);
  if (found?.usage !== 'trust') return absent();
  found.store.delete(named.file);
  const status: Status = { kind: 'done', lines: [words.deleted, restartAdvice(named.purpose)] };
  return page(
    'Certificate Details',
    html`<h1>${named.purpose}/${named.file}</h1>
      ${statusBox(status)}
      <div class="bar"><a class="cuesButton" href="${seen.list}">Close</a></div>`,
  );
}
