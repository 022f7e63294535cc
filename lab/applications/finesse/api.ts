import { Hono, type Context } from 'hono';
import { cors } from 'hono/cors';
import type { Element } from 'ltx';
import type { Host, Surroundings } from '../application.ts';
import { credentialsOf, type Authentication } from '../authentication.ts';
import type { Agent } from '../contact-centre.ts';
import { queues, team } from '../people.ts';
import { deliver } from '../ccp/customer.ts';
import { element, parsed } from '../xml.ts';
import { dialogElement, errorElement, systemInfoElement, uriOf, userElement } from './resources.ts';

/** The nodes of a Finesse pair: those of the same product, the first one first. */
export function pairOf(host: Host, { hosts }: Surroundings): readonly Host[] {
  const family = host.type.startsWith('UCCX') ? 'UCCX' : 'FINESSE';
  return hosts.filter(({ type }) => type.startsWith(family));
}

function xml(context: Context, body: Element, status: 200 | 400 | 401 | 403 | 404 = 200): Response {
  return context.body(`<?xml version="1.0" encoding="UTF-8"?>${body.toString()}`, status, {
    'content-type': 'application/xml',
  });
}

const asXml = { 'content-type': 'application/xml' };

/** Chats that waited for an agent are handed over again. */
async function offerQueued(surroundings: Surroundings): Promise<void> {
  const ccp = surroundings.hosts.find(({ type }) => type === 'CCP');
  const queued = surroundings.chats.all.find(({ state }) => state === 'queued');
  if (ccp !== undefined && queued !== undefined) await deliver(ccp, surroundings, queued);
}

/**
 * The Finesse REST API: what is asked is answered 202 at once with an empty body, and what came of it arrives as an event
 * (developer.cisco.com/docs/finesse, "Requests and Responses").
 */
export function finesseApi(host: Host, surroundings: Surroundings, authentication: Authentication): Hono {
  const { centre } = surroundings;
  const api = new Hono<{ Variables: { agent: Agent } }>();
  // A fresh installation answers every origin (utils finesse cors, enable_all): the desktop asks the other node so.
  api.use(cors());
  api.get('/SystemInfo', (context) => xml(context, systemInfoElement(host, pairOf(host, surroundings), centre.now)));
  api.use(async (context, next) => {
    const agent = await authentication.signIn(host, credentialsOf(context.req));
    if (agent === null) {
      context.header('www-authenticate', 'Basic realm="Cisco Finesse"');
      return xml(context, errorElement('Authorization Failure', 'UNAUTHORIZED', 'The user is not authorized'), 401);
    }
    context.set('agent', agent);
    return next();
  });
  const missing = (context: Context, what: string): Response =>
    xml(context, errorElement('Not Found', `${what}_NOT_FOUND`), 404);
  const wrong = (context: Context, type: string, message: string): Response =>
    xml(context, errorElement(type, message), 400);
  const isSupervisor = ({ roles }: Agent): boolean => roles.includes('Supervisor');
  const requestId = (context: Context): string => context.req.header('requestid') ?? '';

  api.get('/User/:id', (context) => {
    const asked = centre.person(context.req.param('id'));
    return asked === undefined ? missing(context, 'USER') : xml(context, userElement(asked, 'User'));
  });
  api.put('/User/:id', async (context) => {
    const agent = context.get('agent');
    const asked = centre.person(context.req.param('id'));
    if (asked === undefined) return missing(context, 'USER');
    if (asked !== agent && !isSupervisor(agent)) {
      return xml(context, errorElement('Invalid Authorization User Specified', 'UNAUTHORIZED'), 401);
    }
    const user = parsed(await context.req.text());
    if (user?.getName() !== 'User') return wrong(context, 'Bad Request', 'The body is no User');
    const state = user.getChildText('state') ?? '';
    if (state === '') return wrong(context, 'Parameter Missing', 'state');
    if (state === 'LOGIN') centre.signIn(asked, user.getChildText('extension') ?? '', requestId(context));
    else centre.askFor(asked, state, user.getChildText('reasonCodeId'), requestId(context));
    return context.body(null, 202, asXml);
  });
  // How the control of chat and e-mail tells its state is not public: these two are inferred.
  api.put('/User/:id/Media', async (context) => {
    const agent = context.get('agent');
    if (context.req.param('id') !== agent.id) return missing(context, 'USER');
    const media = parsed(await context.req.text());
    const accepted = media?.getChildText('accept') ?? null;
    if (accepted !== null && !surroundings.chats.accept(agent, accepted)) return missing(context, 'CHAT');
    const state = media?.getChildText('state') ?? null;
    if (state !== null) {
      surroundings.chats.setReady(agent, state === 'READY');
      await offerQueued(surroundings);
    }
    return context.body(null, 202);
  });
  api.get('/User/:id/Dialogs', (context) => {
    const asked = centre.person(context.req.param('id'));
    if (asked === undefined) return missing(context, 'USER');
    const dialogs = element('Dialogs', null);
    for (const dialog of asked.dialogs) dialogs.cnode(dialogElement(dialog, 'Dialog'));
    return xml(context, dialogs);
  });
  api.post('/User/:id/Dialogs', async (context) => {
    const agent = context.get('agent');
    if (context.req.param('id') !== agent.id) return missing(context, 'USER');
    const dialog = parsed(await context.req.text());
    if (dialog?.getChildText('requestedAction') !== 'MAKE_CALL')
      return wrong(context, 'Invalid Input', 'requestedAction');
    centre.call(agent, dialog.getChildText('toAddress') ?? '', requestId(context));
    return context.body(null, 202, asXml);
  });
  api.put('/Dialog/:id', async (context) => {
    const dialog = centre.dialog(context.req.param('id'));
    if (dialog === undefined) return missing(context, 'DIALOG');
    const asked = parsed(await context.req.text())?.getChildText('requestedAction') ?? '';
    if (!centre.act(dialog, asked, requestId(context))) return wrong(context, 'Invalid Input', 'requestedAction');
    return context.body(null, 202, asXml);
  });
  api.get('/Users', (context) => {
    if (!isSupervisor(context.get('agent')))
      return xml(context, errorElement('Authorization Failure', 'UNAUTHORIZED'), 403);
    const users = element('Users', null);
    for (const agent of centre.agents.filter(({ extension }) => extension !== undefined)) {
      users.cnode(userElement(agent, 'User'));
    }
    return xml(context, users);
  });
  const teamOf = { id: team.id, name: team.name, uri: `/finesse/api/Team/${team.id}` };
  api.get('/Teams', (context) => xml(context, element('Teams', { Team: teamOf })));
  api.get('/Team/:id', (context) => {
    if (context.req.param('id') !== team.id) return missing(context, 'TEAM');
    const found = element('Team', { ...teamOf, users: {} });
    for (const agent of centre.agents.filter(({ extension }) => extension !== undefined)) {
      const { id, firstName, lastName, signedInOn, state } = agent;
      found.getChild('users')?.cnode(
        element('User', {
          extension: signedInOn,
          firstName,
          lastName,
          loginId: id,
          loginName: id,
          state,
          uri: uriOf(agent),
        }),
      );
    }
    return xml(context, found);
  });
  api.get('/Queue/:id', (context) => {
    const name = queues[Number(context.req.param('id')) - 1];
    return name === undefined
      ? missing(context, 'QUEUE')
      : xml(context, element('Queue', { name, uri: `/finesse/api/Queue/${context.req.param('id')}` }));
  });
  api.get('/ReasonCodes', (context) => {
    const category = context.req.query('category') ?? 'NOT_READY';
    const reasons = ['Lunch', 'Meeting'].map((label, at) => ({
      category,
      code: at + 1,
      forAll: true,
      id: at + 1,
      label,
      uri: `/finesse/api/ReasonCode/${at + 1}`,
    }));
    return xml(context, element('ReasonCodes', { ReasonCode: reasons }));
  });
  for (const [path, name] of [
    ['/WrapUpReasons', 'WrapUpReasons'],
    ['/PhoneBooks', 'PhoneBooks'],
  ] as const) {
    api.get(path, (context) => xml(context, element(name, null)));
  }
  const routes = new Hono();
  routes.route('/', api);
  return routes;
}
