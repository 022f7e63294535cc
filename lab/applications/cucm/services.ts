import { Hono, type Context } from 'hono';
import { isInRange } from '#products/release.ts';
import type { Host, Surroundings } from '../application.ts';
import { axlUser, credentialsOf } from '../authentication.ts';
import { element, parsed, type Content } from '../xml.ts';

const envelope = 'http://schemas.xmlsoap.org/soap/envelope/';
/** Versions of AXL. A client tries the next lower one on HTTP 599. */
const versions = ['11.0', '11.5', '12.0', '12.5', '14.0', '15.0'];

/** Whether a node speaks a version of AXL: its own and those before it. */
function speaks({ release }: Host, version: string): boolean {
  return versions.includes(version) && isInRange(release, { from: version }) !== false;
}

function soap(context: Context, body: Content, status: 200 | 500 = 200): Response {
  const made = element('soapenv:Envelope', { 'soapenv:Body': body }, { 'xmlns:soapenv': envelope });
  return context.body(`<?xml version="1.0" encoding="UTF-8"?>${made.toString()}`, status, {
    'content-type': 'text/xml',
  });
}

/** Administrative XML and User Data Services of a CUCM node, as far as UCCX and public clients ask for them. */
export function cucmServices(host: Host, { centre }: Surroundings): Hono {
  const services = new Hono();
  services.get('/axl', (context) => context.text('Cisco CallManager: AXL Web Service'));
  services.post('/axl', async (context) => {
    const credentials = credentialsOf(context.req);
    if (credentials?.user !== axlUser || credentials.password !== centre.password) {
      context.header('www-authenticate', 'Basic realm="Cisco Web Services Realm"');
      return context.text('', 401);
    }
    const [, version = '', method = ''] = /ver=([\d.]+)\s+(\w+)/.exec(context.req.header('soapaction') ?? '') ?? [];
    if (!speaks(host, version)) return context.body(null, 599 as 500);
    const asked = parsed(await context.req.text())
      ?.getChildElements()
      .find((child) => child.getName() === 'Body')
      ?.getChildElements()[0];
    const fault = (faultstring: string): Response =>
      soap(context, { 'soapenv:Fault': { faultcode: 'soapenv:Client', faultstring } }, 500);
    if (asked?.getName() !== method) return fault('Method not found in request');
    const text = (name: string): string => asked.getChildText(name) ?? '';
    const answer = (content: Content): Response => soap(context, { [`ns:${method}Response`]: { return: content } });
    switch (method) {
      case 'doAuthenticateUser': {
        const isRight = centre.person(text('userid')) !== undefined && text('password') === centre.password;
        return answer({ userAuthenticated: isRight, code: isRight ? 0 : 1, daysToExpiry: 0, isWarningDays: false });
      }
      case 'getCCMVersion':
        return answer({ componentVersion: { version: host.release } }); // inferred: how it is written
      case 'getUser': {
        const person = centre.person(text('userid'));
        if (person === undefined) return fault('Item not valid: The specified User was not found');
        const { id, firstName, lastName, extension } = person;
        return answer({ user: { firstName, lastName, userid: id, ipccExtension: extension ?? '' } });
      }
      case 'listUser':
        return answer({
          user: centre.agents.map(({ id, firstName, lastName }) => ({ userid: id, firstName, lastName })),
        });
      default:
        return fault(`Unknown method ${method}`);
    }
  });
  const xml = (context: Context, name: string, content: Content): Response =>
    context.body(element(name, content).toString(), 200, { 'content-type': 'application/xml' });
  services.get('/cucm-uds/version', (context) => xml(context, 'version', host.release));
  services.use('/cucm-uds/*', async (context, next) => {
    const credentials = credentialsOf(context.req);
    const isRight = centre.person(credentials?.user ?? '') !== undefined && credentials?.password === centre.password;
    return isRight ? next() : context.text('', 401);
  });
  const user = (id: string): Content => {
    const person = centre.person(id);
    return person === undefined
      ? null
      : { id: person.id, userName: person.id, firstName: person.firstName, lastName: person.lastName };
  };
  services.get('/cucm-uds/users', (context) =>
    xml(context, 'users', { user: centre.agents.map(({ id }) => user(id)) }),
  );
  services.get('/cucm-uds/user/:id', (context) => {
    const found = user(context.req.param('id'));
    return found === null ? context.text('', 404) : xml(context, 'user', found);
  });
  return services;
}
