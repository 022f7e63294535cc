import 'reflect-metadata';
import type { X509Certificate } from 'node:crypto';
import { X509Certificate as Certificate, X509Certificates } from '@peculiar/x509';
import { Html, html } from '../html.ts';
import { shown, type Answer, type Visit } from './answer.ts';

/** Clients find the message by the tabs before it. */
const tabs = new Html('\n\t\t');

/** The page where a certificate should be. */
export function notIssued(message: string): Answer {
  return shown(
    html`<h1>Error</h1>
      <p>The certificate cannot be fetched.</p>
      <p class="why">Disposition message:${tabs}${message}${tabs}</p>`,
  );
}

/** The certificate that is asked for, then its issuers up to the root. */
function pathOf({ ca, query }: Visit): readonly X509Certificate[] | string {
  const { intermediate, root } = ca.authority;
  const above = [intermediate.certificate, root.certificate];
  const number = query.get('ReqID') ?? '';
  if (number === 'CACert') return above;
  const found = ca.submissions.find(({ id }) => String(id) === number);
  if (found?.state === 'issued') return [found.certificate, ...above];
  if (found === undefined) return 'The request does not exist';
  return found.state === 'pending' ? 'Taken Under Submission' : found.message;
}

/** `Enc=b64` or `ENC=b64`: clients write both. */
function isBase64({ query }: Visit): boolean {
  return (query.get('Enc') ?? query.get('ENC') ?? query.get('enc')) === 'b64';
}

/** Windows writes this label over PKCS #7 too. */
function pemOf(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\r\n');
}

export function certificateFile(visit: Visit): Answer {
  const path = pathOf(visit);
  if (typeof path === 'string') return notIssued(path);
  const der = path[0]?.raw ?? Buffer.alloc(0);
  return { as: 'file', type: 'application/pkix-cert', name: 'certnew.cer', body: isBase64(visit) ? pemOf(der) : der };
}

export function chainFile(visit: Visit): Answer {
  const path = pathOf(visit);
  if (typeof path === 'string') return notIssued(path);
  const chain = new X509Certificates(path.map(({ raw }) => new Certificate(new Uint8Array(raw))));
  const der = Buffer.from(chain.export('raw'));
  const body = isBase64(visit) ? pemOf(der) : der;
  return { as: 'file', type: 'application/x-pkcs7-certificates', name: 'certnew.p7b', body };
}
