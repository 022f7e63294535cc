import type { Asked, Host, Surroundings } from './application.ts';
import { callOut } from './call-out.ts';
import type { Agent } from './contact-centre.ts';
import { element } from './xml.ts';

/** Application user that reads CUCM through AXL. */
export const axlUser = 'axluser';

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** The credentials of an Authorization header: Basic, RFC 7617. */
function basicCredentials(header: string | undefined): Credentials | null {
  const encoded = /^Basic\s+([A-Za-z0-9+/=]+)\s*$/i.exec(header ?? '')?.[1];
  const text = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8');
  const at = text.indexOf(':');
  return at < 1 ? null : { user: text.slice(0, at), password: text.slice(at + 1) };
}

export function credentialsOf(request: Asked): Credentials | null {
  return basicCredentials(request.header('authorization'));
}

export function basicOf({ user, password }: Credentials): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** Wrong passwords after which an account is locked, and for how long: every try starts the time anew (Finesse REST API). */
const lockedAfter = 5;
const lockedForMs = 5 * 60_000;

/** Who may sign in to the applications of one deployment. */
export class Authentication {
  readonly #surroundings: Surroundings;
  readonly #wrong = new Map<string, { times: number; lastAt: number }>();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /**
   * Somebody who proved who they are, or null. A Unified CCX asks CUCM whether the password is right, over TLS and by its
   * own tomcat-trust: where that fails nobody is let in, and nobody is told why (technote 118855, "Invalid User ID/Password").
   */
  async signIn(host: Host, credentials: Credentials | null): Promise<Agent | null> {
    if (credentials === null) return null;
    const agent = this.#surroundings.centre.person(credentials.user);
    if (agent === undefined) return null;
    const now = this.#surroundings.centre.now.getTime();
    const wrong = this.#wrong.get(agent.id);
    if (wrong !== undefined && wrong.times >= lockedAfter && now - wrong.lastAt < lockedForMs) {
      wrong.lastAt = now;
      return null;
    }
    const answer = await this.#ask(host, credentials);
    if (answer === 'wrong') this.#wrong.set(agent.id, { times: (wrong?.times ?? 0) + 1, lastAt: now });
    if (answer === 'right') this.#wrong.delete(agent.id);
    return answer === 'right' ? agent : null;
  }

  reset(): void {
    this.#wrong.clear();
  }

  async #ask(host: Host, { user, password }: Credentials): Promise<'right' | 'wrong' | 'not answered'> {
    const { centre, hosts } = this.#surroundings;
    const cucm = hosts.filter(({ type }) => type === 'CM_PUBLISHER' || type === 'CM_SUBSCRIBER');
    if (!host.type.startsWith('UCCX') || cucm.length === 0) return password === centre.password ? 'right' : 'wrong';
    const body = authenticateUser(user, password);
    const headers = {
      'content-type': 'text/xml',
      soapaction: `"CUCM:DB ver=${axlVersion} doAuthenticateUser"`,
      authorization: basicOf({ user: axlUser, password: centre.password }),
    };
    // The second provider is asked where the first does not answer: since 11.5.
    for (const { fqdn } of cucm) {
      const reply = await callOut(host, this.#surroundings, {
        to: fqdn,
        port: 8443,
        path: '/axl/',
        method: 'POST',
        headers,
        body,
        strict: true,
      });
      if (reply.came !== 'answer' || reply.status !== 200) continue;
      return reply.body.includes('<userAuthenticated>true</userAuthenticated>') ? 'right' : 'wrong';
    }
    return 'not answered';
  }
}

/** Which version UCCX speaks is not documented: one that every CUCM of the lab's releases answers (inferred). */
const axlVersion = '11.0';

function authenticateUser(userid: string, password: string): string {
  const asked = { 'soapenv:Body': { 'ns:doAuthenticateUser': { userid, password } } };
  return element('soapenv:Envelope', asked, {
    'xmlns:soapenv': 'http://schemas.xmlsoap.org/soap/envelope/',
    'xmlns:ns': `http://www.cisco.com/AXL/API/${axlVersion}`,
  }).toString();
}
