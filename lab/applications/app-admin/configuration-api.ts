import { Hono } from 'hono';
import type { Host, Surroundings } from '../application.ts';
import { credentialsOf, type Authentication } from '../authentication.ts';
import { chatQueue, queues, team } from '../people.ts';
import { element, type Content } from '../xml.ts';

/** One configured object, as the API names its fields. */
type Configured = Readonly<Record<string, Content>>;

/** The objects of each kind that the lab's people stand for. */
function configured(base: string, { centre }: Surroundings): Readonly<Record<string, readonly Configured[]>> {
  const self = (kind: string, id: string | number): string => `${base}/adminapi/${kind}/${id}`;
  return {
    resource: centre.agents
      .filter(({ extension }) => extension !== undefined)
      .map(({ id, firstName, lastName, extension, roles }) => ({
        self: self('resource', id),
        userID: id,
        firstName,
        lastName,
        extension: extension ?? '',
        type: roles.includes('Supervisor') ? 2 : 1,
        team: { '@name': team.name, refURL: self('team', team.id) },
      })),
    team: [{ self: self('team', team.id), teamId: Number(team.id), teamname: team.name }],
    skill: queues.map((name, at) => ({ self: self('skill', at + 1), skillId: at + 1, skillName: name })),
    csq: [...queues, chatQueue].map((name, at) => ({
      self: self('csq', at + 1),
      id: at + 1,
      name,
      queueType: name === chatQueue ? 'CHAT' : 'VOICE',
    })),
    chatWidget: [{ self: self('chatWidget', 1), id: 1, name: 'Web site', type: 'BUBBLE_CHAT' }],
  };
}

/**
 * The configuration API of Unified CCX, for reading: a list is an object with the kind as its key, a single object of it
 * alone where there is one (as public clients of it expect).
 */
export function configurationApi(host: Host, surroundings: Surroundings, authentication: Authentication): Hono {
  const api = new Hono();
  api.use(async (context, next) => {
    const person = await authentication.signIn(host, credentialsOf(context.req));
    if (person?.roles.includes('Administrator') === true) return next();
    context.header('www-authenticate', 'Basic realm="Unified CCX"');
    return context.text('', 401);
  });
  const given = (isJson: boolean, kind: string, content: Content | readonly Content[], inside = kind): Response => {
    const [type, body] = isJson
      ? ['application/json', JSON.stringify(Array.isArray(content) ? { [inside]: content } : content)]
      : ['application/xml', element(`${kind}s`, { [inside]: content }).toString()];
    return new Response(body, { headers: { 'content-type': type } });
  };
  const isJson = (accept: string | undefined): boolean => accept?.includes('json') === true;
  api.get('/:kind', (context) => {
    const kind = context.req.param('kind');
    const all = new Map(Object.entries(configured(`https://${host.fqdn}`, surroundings))).get(kind);
    if (all === undefined) return context.text('', 404);
    return given(isJson(context.req.header('accept')), kind, all);
  });
  api.get('/:kind/:id', (context) => {
    const { kind, id } = context.req.param();
    const all = new Map(Object.entries(configured(`https://${host.fqdn}`, surroundings))).get(kind) ?? [];
    const found = all.find(({ self }) => typeof self === 'string' && self.endsWith(`/${id}`));
    return found === undefined ? context.text('', 404) : given(isJson(context.req.header('accept')), kind, found);
  });
  return api;
}
