import { ProbeError } from '#model/errors.ts';
import {
  basicAuthorisation,
  bodyOf,
  requestOf,
  unexpectedAnswer,
  type Asked,
  type BasicAccess,
} from './basic-https.ts';
import { authenticateMessage, channelBindingOf, negotiateMessage } from './ntlm.ts';
import { ask, converse, type HttpAnswer, type HttpLimits } from './verified-https.ts';

/**
 * Asks a web server of Windows and gives the body of a 200, signed in the way the server offers: NTLM, which never says the password,
 * before Basic. Throws `ProbeError`.
 */
export async function askWindows(access: BasicAccess, asked: Asked, limits: HttpLimits): Promise<Buffer> {
  // What is sent before the server says how it wants to know us carries no form.
  const first = await ask(access, { method: 'GET', path: asked.path, headers: { accept: asked.accept } }, limits);
  if (first.status !== 401) return bodyOf(first, access, asked);
  const ways = waysOf(first);
  if (ways.has('ntlm')) return byNtlm(access, asked, limits, 'NTLM');
  // The raw messages are taken under this name, too; Kerberos is not spoken here.
  if (ways.has('negotiate')) return byNtlm(access, asked, limits, 'Negotiate');
  if (!ways.has('basic'))
    throw unexpectedAnswer(asked.path, `a sign-in by ${[...ways].join(', ')}, not by NTLM or Basic`);
  const request = requestOf(asked, basicAuthorisation(access));
  return bodyOf(await ask(access, request, limits), access, asked);
}

async function byNtlm(
  access: BasicAccess,
  asked: Asked,
  limits: HttpLimits,
  scheme: 'NTLM' | 'Negotiate',
): Promise<Buffer> {
  return converse(access, limits, async (asking, certificate) => {
    const words = (message: Buffer): string => `${scheme} ${message.toString('base64')}`;
    const opening = { accept: asked.accept, authorization: words(negotiateMessage()) };
    const challenged = await asking({ method: 'GET', path: asked.path, headers: opening });
    const token = new RegExp(`(?:^|,\\s*)${scheme} ([A-Za-z0-9+/=]+)`, 'i').exec(
      challenged.headers['www-authenticate'] ?? '',
    )?.[1];
    if (token === undefined) throw new ProbeError({ reason: 'not-authorised', as: access.user });
    const answer = authenticateMessage(Buffer.from(token, 'base64'), access, channelBindingOf(certificate));
    return bodyOf(await asking(requestOf(asked, words(answer))), access, asked);
  });
}

/** The ways to sign in that a server offers, in lower case. */
function waysOf({ headers }: HttpAnswer): Set<string> {
  const offered = headers['www-authenticate'] ?? '';
  return new Set(offered.split(',').map((each) => (each.trim().split(/\s/)[0] ?? '').toLowerCase()));
}
