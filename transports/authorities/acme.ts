import { Agent } from 'node:https';
import { Client, axios, type Authorization, type Order } from 'acme-client';
import { messageOf, ProbeError } from '#model/errors.ts';
import type { Place } from '#model/address-and-port.ts';
import { requestToPem, toPem } from '#model/pem.ts';
import { unexpectedAnswer } from '../basic-https.ts';
import { ask, type HttpLimits } from '../verified-https.ts';
import type { Answer, CertificationAuthority } from './authority.ts';

/** An authority that speaks ACME (RFC 8555). Its terms are agreed to by who writes it into the inventory. */
export interface AcmeAccess {
  /** Of its directory, https. */
  readonly url: string;
  /** Where it is reached when not by its name. */
  readonly connect: Place | null;
  /** What proves its server, DER. */
  readonly anchors: readonly Uint8Array[];
  /** Private key of the account, PEM: read, or made where there was none. */
  readonly accountKey: () => string;
  /** Ties the account to one that the authority knows (RFC 8555 section 7.3.4): `hmacKey` in base64url. */
  readonly binding: { readonly kid: string; readonly hmacKey: string } | null;
  /** The TXT records of a name, as the authority will see them. */
  readonly recordsOf: (name: string) => Promise<readonly string[]>;
}

/** Connections to each server that may be asked: nothing goes to another, whatever an answer points to. */
const agents = new Map<string, Agent>();
axios.interceptors.request.use((config) => {
  const { origin } = new URL(config.url ?? '');
  const httpsAgent = agents.get(origin);
  if (httpsAgent === undefined) throw new Error(`it leads to another server: ${origin}`);
  return { ...config, httpsAgent, proxy: false, maxRedirects: 0 };
});
Object.assign(axios.defaults, { acmeSettings: { retryMaxAttempts: 2, retryDefaultDelay: 1 } });

/**
 * Asks an authority by ACME. That a name is ours is shown by a record in the DNS (dns-01), which people put there: a contact centre's
 * machines answer no http-01. Where the authority knows the names as ours already, nobody is asked.
 */
export function acmeAuthority(access: AcmeAccess, limits: HttpLimits): CertificationAuthority {
  const { hostname, origin, pathname, port } = new URL(access.url);
  const place = access.connect ?? { host: hostname, port: port === '' ? 443 : Number(port) };
  const server = { ...place, serverName: hostname, anchors: access.anchors, pinned: [] };
  const connect = (): Client => {
    agents.get(origin)?.destroy();
    agents.set(
      origin,
      new Agent({
        ...access.connect,
        servername: hostname,
        ca: access.anchors.map(toPem),
        allowPartialTrustChain: true,
      }),
    );
    Object.assign(axios.defaults, { timeout: limits.ms, maxContentLength: limits.octets });
    return new Client({
      directoryUrl: access.url,
      accountKey: access.accountKey(),
      ...(access.binding === null ? {} : { externalAccountBinding: access.binding }),
    });
  };

  async function askOnce(client: Client, der: Buffer, order: Order): Promise<Answer> {
    const wait = (awaits: string): Answer => ({ status: 'waiting', ticket: order.url, awaits });
    switch (order.status) {
      case 'pending':
        return wait(await showNames(client, await client.getAuthorizations(order)));
      case 'ready':
        return askOnce(client, der, await client.finalizeOrder(order, requestToPem(der)));
      case 'processing':
        return wait(`Waiting until ${hostname} has issued it`);
      case 'valid':
        return { status: 'answered', file: Buffer.from(await client.getCertificate(order)) };
      case 'invalid':
        throw unexpectedAnswer('the order', await whyInvalid(client, order));
    }
  }

  /**
   * Has the names looked at whose records can be seen, and says which records are still to be made: sorted, since
   * the authority may list its authorizations in another order each time (RFC 8555 §7.1.3) and the words are said anew when they change.
   */
  async function showNames(client: Client, authorizations: readonly Authorization[]): Promise<string> {
    const wanted: string[] = [];
    for (const authorization of authorizations.filter(({ status }) => status === 'pending')) {
      const { value: name } = authorization.identifier;
      const challenge = authorization.challenges.find(({ type }) => type === 'dns-01');
      if (challenge === undefined) throw unexpectedAnswer(`the name ${name}`, 'no challenge by DNS is offered');
      if (challenge.status !== 'pending') continue;
      const record = `_acme-challenge.${name}`;
      const text = await client.getChallengeKeyAuthorization(challenge);
      if ((await access.recordsOf(record)).includes(text)) await client.completeChallenge(challenge);
      else wanted.push(`${record} TXT "${text}"`);
    }
    return wanted.length === 0
      ? `Waiting until ${hostname} has looked at the records in the DNS`
      : `Put into the DNS: ${wanted.toSorted().join(', ')}`;
  }

  const speaking = async <Result>(use: (client: Client) => Promise<Result>): Promise<Result> => {
    try {
      // The library loses what went wrong beneath it, so the server is reached, and proved, before it is used.
      const { status } = await ask(server, { method: 'GET', path: pathname, headers: {} }, limits);
      if (status !== 200) throw unexpectedAnswer(access.url, `status ${String(status)}`);
      return await use(connect());
    } catch (error) {
      throw error instanceof ProbeError ? error : unexpectedAnswer(hostname, messageOf(error));
    } finally {
      agents.get(origin)?.destroy();
    }
  };

  return {
    ask: ({ der, names, ticket }) =>
      speaking(async (client) => {
        await signIn(client);
        const identifiers = names.map((value) => ({ type: 'dns', value }));
        const order =
          ticket === null ? await client.createOrder({ identifiers }) : await client.getOrder({ url: ticket } as Order);
        return askOnce(client, der, order);
      }),
    reach: () =>
      speaking(async (client) => {
        await client.getTermsOfServiceUrl();
      }),
  };
}

/** An account is made once for a key: to one that is there the library would send a change, which some authorities refuse as empty. */
async function signIn(client: Client): Promise<void> {
  try {
    await client.createAccount({ onlyReturnExisting: true });
  } catch {
    await client.createAccount({ termsOfServiceAgreed: true });
  }
}

async function whyInvalid(client: Client, order: Order): Promise<string> {
  const detailOf = (problem: object | undefined): string | undefined =>
    problem !== undefined && 'detail' in problem ? String(problem.detail) : undefined;
  const authorizations = await client.getAuthorizations(order);
  const reasons = authorizations.flatMap(({ identifier, challenges }) =>
    challenges.flatMap(({ error }) => {
      const detail = detailOf(error);
      return detail === undefined ? [] : [`${identifier.value}: ${detail}`];
    }),
  );
  return reasons.length > 0 ? reasons.join('; ') : (detailOf(order.error) ?? 'it is invalid');
}
