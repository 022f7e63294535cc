import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { messageOf } from '#model/errors.ts';
import { BodyTooLarge, fieldOf, formOf } from '../../request-body.ts';
import { apiOf } from '../certificate-api.ts';
import type { VosMachine } from '../machine.ts';
import { deleteTrusted, detailsPage, downloadCertificate, regenerate } from './details.ts';
import { homePage, signInPage } from './home.ts';
import { documentOf, page, statusBox, type Answer, type Visit } from './layout.ts';
import { listPage } from './list.ts';
import { inferred, seen, words } from './names.ts';
import {
  downloadRequest,
  downloadRequestPage,
  generateRequest,
  generateSelfSigned,
  requestPage,
  selfSignedPage,
} from './requests.ts';
import { Sessions, type BrowserSession } from './sessions.ts';
import { upload, uploadPage } from './upload.ts';

type Route = (visit: Visit) => Answer | Promise<Answer>;

/** What can be opened, and what can be sent. */
const opened: Readonly<Record<string, Route>> = {
  [seen.home]: homePage,
  [seen.list]: listPage,
  [seen.otherList]: listPage,
  [seen.upload]: uploadPage,
  [seen.downloadRequest]: downloadRequestPage,
  [inferred.generateRequest]: requestPage,
  [inferred.generateSelfSigned]: selfSignedPage,
  [inferred.details]: detailsPage,
  [inferred.download]: downloadCertificate,
};

const sent: Readonly<Record<string, Route>> = {
  [seen.upload]: upload,
  [seen.downloadRequest]: downloadRequest,
  [inferred.generateRequest]: generateRequest,
  [inferred.generateSelfSigned]: generateSelfSigned,
  [inferred.regenerate]: regenerate,
  [inferred.delete]: deleteTrusted,
};

interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
}

/** OS Administration of one machine. */
class OsAdministration {
  readonly #machine: VosMachine;
  readonly #sessions = new Sessions();
  /** The start of Tomcat that the sessions belong to. */
  #start = 0;

  constructor(machine: VosMachine) {
    this.#machine = machine;
  }

  async answer({ request, response, url }: Asked): Promise<void> {
    this.#forgetAfterRestart();
    const session = this.#sessions.of(request, response);
    const form = request.method === 'POST' ? await formOf(request) : new FormData();
    const visit: Visit = { machine: this.#machine, session, query: url.searchParams, form };
    const answer = await this.#answerTo({ request, response, url }, visit);
    const user = session.user;
    response.setHeader('cache-control', 'no-store');
    if (answer.as === 'redirect') response.writeHead(302, { location: answer.to }).end();
    else if (answer.as === 'file') {
      const disposition = `attachment; filename="${answer.name.replaceAll(/[^\w.-]/g, '_')}"`;
      response.writeHead(200, { 'content-type': answer.type, 'content-disposition': disposition }).end(answer.body);
    } else {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(documentOf(answer.title, answer.main, user));
    }
  }

  #forgetAfterRestart(): void {
    const start = this.#machine.startsOf('Cisco Tomcat');
    if (start !== this.#start) this.#sessions.clear();
    this.#start = start;
  }

  async #answerTo(asked: Asked, visit: Visit): Promise<Answer> {
    const { pathname } = asked.url;
    const { session } = visit;
    if (pathname === seen.signIn) return this.#signIn(asked, visit);
    if (pathname === inferred.signOut) {
      this.#sessions.end(asked.request);
      return { as: 'redirect', to: seen.root };
    }
    if (session.user === null) return this.#askWho(asked, session);
    if (pathname === '/cmplatform' || pathname === seen.root) return { as: 'redirect', to: seen.home };
    const isPosted = asked.request.method === 'POST';
    const route = (isPosted ? sent : opened)[pathname];
    if (route === undefined)
      return page('Not found', statusBox({ kind: 'refused', lines: [`${pathname} is not here`] }));
    if (isPosted && !this.#takeToken(visit)) {
      return page('Certificate Management', statusBox({ kind: 'refused', lines: [words.token] }));
    }
    return route(visit);
  }

  /** Each form can be sent once, and only by whom it was shown to. */
  #takeToken({ session, form }: Visit): boolean {
    return fieldOf(form, seen.tokenName) === seen.token && session.tokens.delete(fieldOf(form, seen.token));
  }

  #askWho({ request, url }: Asked, session: BrowserSession): Answer {
    const isPage = request.method === 'GET' && url.pathname in opened;
    if (isPage) session.wanted = `${url.pathname}${url.search}`;
    return signInPage(null);
  }

  #signIn({ request, response }: Asked, { form, session }: Visit): Answer {
    const user = fieldOf(form, seen.user);
    const result =
      request.method === 'POST' ? this.#machine.signIn.check(user, fieldOf(form, seen.password)) : 'refused';
    if (result !== 'accepted') return signInPage(result);
    this.#sessions.signIn(request, response, user);
    return { as: 'redirect', to: session.wanted ?? seen.home };
  }
}

/** Answers below /cmplatform and /platformcom. */
export function administrationOf(machine: VosMachine): RequestListener {
  const pages = new OsAdministration(machine);
  const api = apiOf(machine);
  return (request, response) => {
    const url = new URL(request.url ?? '/', 'https://lab.invalid');
    response.on('error', () => response.destroy());
    response.setHeader('date', new Date(Date.now() + machine.clockAheadSeconds * 1000).toUTCString());
    const answered = url.pathname.startsWith('/platformcom')
      ? api({ request, response, url })
      : pages.answer({ request, response, url });
    answered.catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else
        response
          .writeHead(error instanceof BodyTooLarge ? 413 : 500, { 'content-type': 'text/plain' })
          .end(`${messageOf(error)}\n`);
    });
  };
}
