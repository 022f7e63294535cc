import type { X509Certificate } from 'node:crypto';
import { html } from '../../html.ts';
import { fieldOf } from '../../request-body.ts';
import type { VosMachine } from '../machine.ts';
import { ownRefusal, unreadable } from '../refusals.ts';
import { readUploaded } from '../uploaded-file.ts';
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

/** The units, then the trust stores. */
function purposesOf({ units }: VosMachine): readonly string[] {
  return [...units.all.map(({ name }) => name), ...units.stores.map(([name]) => name)];
}

function form({ machine, session }: Visit, purpose: string, status: Status | null): Answer {
  const purposes = purposesOf(machine).map((name) => [name, name] as const);
  return page(
    'Upload Certificate/Certificate chain',
    html`<h1>Upload Certificate/Certificate chain</h1>
      ${statusBox(status)}
      <form method="post" action="${seen.upload}" enctype="multipart/form-data">
        ${tokenFields(session)}
        <div class="fields">
          ${field('Certificate Purpose', seen.purpose, select(seen.purpose, purposes, purpose))}
          ${field('Description (friendly name)', inferred.description, textInput(inferred.description, ''))}
          ${field('Upload File', seen.file, html`<input type="file" name="${seen.file}" id="${seen.file}" />`)}
        </div>
        <p class="hint">
          One certificate in PEM or DER, or a chain as PKCS #7 in DER. The root first, then intermediates, as a trust
          certificate; then the certificate itself.
        </p>
        <div class="bar">
          <input type="submit" class="cuesButton" value="Upload" /><a class="cuesButton" href="${seen.list}">Close</a>
        </div>
      </form>`,
  );
}

export function uploadPage(visit: Visit): Answer {
  return form(visit, visit.query.get(seen.purpose) ?? 'tomcat', null);
}

function refused(...lines: readonly string[]): Status {
  return { kind: 'refused', lines };
}

function toTrust(machine: VosMachine, store: string, certificates: readonly X509Certificate[]): Status {
  const results = certificates.map((certificate) => machine.importTrust(certificate, store));
  if (results.includes('key-too-short')) return refused(unreadable);
  if (results.includes('expired')) return refused(words.expired);
  const isKept = results.every((result) => result === 'kept-newer');
  return { kind: 'done', lines: [isKept ? words.kept : words.uploaded, restartAdvice(store)] };
}

function toIdentity(machine: VosMachine, purpose: string, certificates: readonly X509Certificate[]): Status {
  const unit = machine.units.get(purpose);
  // Of a chain it is the certificate that belongs to the request.
  const key = unit?.request?.key.privateKey;
  const own = certificates.find((certificate) => key !== undefined && certificate.checkPrivateKey(key));
  const certificate = own ?? certificates[0];
  if (unit === undefined || certificate === undefined) return refused(words.unknown);
  const imported = machine.importOwn(certificate, unit);
  if (imported !== 'stored') return refused(ownRefusal(unit.name, machine.type, imported));
  return { kind: 'done', lines: [words.uploaded, restartAdvice(unit.name)] };
}

export async function upload(visit: Visit): Promise<Answer> {
  const purpose = fieldOf(visit.form, seen.purpose);
  const file = visit.form.get(seen.file);
  const status = await statusOf(visit.machine, purpose, file instanceof File ? file : null);
  return form(visit, purpose, status);
}

async function statusOf(machine: VosMachine, purpose: string, file: File | null): Promise<Status> {
  if (!purposesOf(machine).includes(purpose)) return refused(words.unknown);
  if (file === null || file.name === '') return refused(words.noFile);
  const certificates = readUploaded(Buffer.from(await file.arrayBuffer()));
  if (certificates === null) return refused(unreadable);
  return machine.units.store(purpose) === undefined
    ? toIdentity(machine, purpose, certificates)
    : toTrust(machine, purpose, certificates);
}
