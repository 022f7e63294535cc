import type { Lab } from '#lab/lab.ts';
import type { VosMachine } from '#lab/machines/vos/machine.ts';
import { WebClient, type WebAnswer } from './web-client.ts';

const uploadPage = '/cmplatform/certificateUpload.do';

/** What a page says of the form that was sent. */
export function statusOf({ text }: WebAnswer): readonly string[] {
  const box = /role="status">(.*?)<\/div>/s.exec(text)?.[1] ?? '';
  return [...box.matchAll(/<p>(.*?)<\/p>/gs)].map(([, line = '']) => line.trim().replaceAll('&quot;', '"'));
}

/** Somebody at the pages of OS Administration. */
export class OsAdministrator {
  readonly web: WebClient;
  readonly #lab: Lab;

  constructor(lab: Lab, machine: VosMachine, anchors: string, port = 8443) {
    this.#lab = lab;
    this.web = new WebClient({ place: machine.port(port).place, fqdn: machine.fqdn, anchors });
  }

  async signIn(password = this.#lab.administrator.password): Promise<WebAnswer> {
    const { user } = this.#lab.administrator;
    return this.web.post('/cmplatform/j_security_check', {
      appNav: 'cmplatform',
      j_username: user,
      j_password: password,
    });
  }

  /** The fields that go with every form of a page, as clients find them. */
  async token(path: string): Promise<{ readonly 'struts.token.name': string; readonly token: string }> {
    const { text } = await this.web.get(path);
    return { 'struts.token.name': 'token', token: /name="token"\s+value="([A-Z0-9]{32})"/.exec(text)?.[1] ?? '' };
  }

  /** Opens a page and sends its form. */
  async send(path: string, fields: Readonly<Record<string, string>>, action = path): Promise<WebAnswer> {
    return this.web.post(action.replace(/\?.*$/, ''), { ...(await this.token(path)), ...fields });
  }

  /** Uploads a file; gives what the page says. */
  async upload(purpose: string, file: string | Buffer, name = 'file.pem'): Promise<readonly string[]> {
    const form = new FormData();
    for (const [field, value] of Object.entries({ ...(await this.token(uploadPage)), NAME: purpose })) {
      form.set(field, value);
    }
    form.set('FILE', new File([new Uint8Array(Buffer.from(file))], name));
    return statusOf(await this.web.post(uploadPage, form));
  }
}
