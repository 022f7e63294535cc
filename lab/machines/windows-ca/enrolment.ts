import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { messageOf } from '#model/errors.ts';
import { commonNameOf } from '../../authority.ts';
import { html, type Html } from '../html.ts';
import { BodyTooLarge, formOf } from '../request-body.ts';
import type { SignIn } from '../sign-in.ts';
import type { Answer, Visit } from './answer.ts';
import type { CertificationAuthority } from './certification-authority.ts';
import { certificateFile, chainFile } from './files.ts';
import { Negotiation } from './negotiation.ts';
import { advanced, authorityPage, finish, pendingList, requestForm, requestKind, welcome } from './pages.ts';
import { style } from './style.ts';

function documentOf(ca: CertificationAuthority, main: Html): string {
  const name = commonNameOf(ca.authority.intermediate.certificate);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>Microsoft Active Directory Certificate Services</title>
        <link rel="icon" href="data:," />
        ${style}
      </head>
      <body>
        <header><b>Microsoft Active Directory Certificate Services -- ${name}</b><a href="/certsrv/">Home</a></header>
        <main>${main}</main>
      </body>
    </html> `.text;
}

const routes: Readonly<Record<string, (visit: Visit) => Answer | Promise<Answer>>> = {
  '/certsrv': welcome,
  '/certsrv/': welcome,
  '/certsrv/default.asp': welcome,
  '/certsrv/certrqus.asp': requestKind,
  '/certsrv/certrqad.asp': advanced,
  '/certsrv/certrqxt.asp': requestForm,
  '/certsrv/certfnsh.asp': finish,
  '/certsrv/certckpn.asp': pendingList,
  '/certsrv/certcarc.asp': authorityPage,
  '/certsrv/certnew.cer': certificateFile,
  '/certsrv/certnew.p7b': chainFile,
};

/** Whose pages they are, and who may open them. */
export interface Enrolment {
  readonly fqdn: string;
  readonly ca: CertificationAuthority;
  readonly signIn: SignIn;
}

async function respond(ca: CertificationAuthority, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'https://lab.invalid');
  const route = routes[url.pathname.toLowerCase()];
  if (route === undefined) {
    response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>404 - File or directory not found.</h1>\n');
    return;
  }
  const form = request.method === 'POST' ? await formOf(request) : new FormData();
  const answer = await route({ ca, query: url.searchParams, form });
  if (answer.as === 'page') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(documentOf(ca, answer.main));
  } else {
    const disposition = `attachment; filename="${answer.name}"`;
    response.writeHead(200, { 'content-type': answer.type, 'content-disposition': disposition }).end(answer.body);
  }
}

/** The pages below /certsrv. */
export function enrolmentPages({ fqdn, ca, signIn }: Enrolment): RequestListener {
  const negotiation = new Negotiation(fqdn, signIn, () => ca.manners.isHardened);
  return (request, response) => {
    response.on('error', () => response.destroy());
    if (!negotiation.admits(request, response)) return;
    respond(ca, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else
        response
          .writeHead(error instanceof BodyTooLarge ? 413 : 500, { 'content-type': 'text/plain' })
          .end(`${messageOf(error)}\n`);
    });
  };
}
