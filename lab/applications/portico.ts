import { Hono, type Context } from 'hono';
import type { Host, Surroundings } from './application.ts';
import { credentialsOf } from './authentication.ts';
import { escaped, html } from './page.ts';
import { element } from './xml.ts';

const namespace = 'http://www.cisco.com/vtg/diagnosticportal';

/** What a command answers: the element inside its reply, with the attributes of each entry. */
type Answer = (host: Host) => { readonly name: string; readonly entries: readonly Readonly<Record<string, string>>[] };

function productName({ type }: Host): string {
  if (type.startsWith('CVP')) return 'Unified CVP';
  if (type.startsWith('FINESSE')) return 'Cisco Finesse';
  return type.startsWith('CUIC') ? 'Unified Intelligence Center' : 'Cisco Unified ICM';
}

const commands: Readonly<Record<string, Answer>> = {
  GetProductVersion: (host) => {
    const [, major = '', minor = '', maintenance = '0'] = /^(\d+)\.(\d+)(?:\((\d+))?/.exec(host.release) ?? [];
    return {
      name: 'ProductVersion',
      entries: [
        { Name: productName(host), Major: major, Minor: minor, Maintenance: maintenance, VersionString: host.release },
      ],
    };
  },
  ListServices: ({ type }) => ({
    name: 'Service',
    entries: [
      {
        Name: type.startsWith('CVP') ? 'Cisco CVP WebServicesManager' : 'DiagFwSvc',
        Description: '',
        Status: 'Running',
        StartupType: 'Automatic',
        LogOnAs: 'LocalSystem',
      },
    ],
  }),
  GetAlarms: () => ({ name: 'Alarm', entries: [] }),
  ListAppServers: (host) => ({
    name: 'AppServer',
    entries: [{ Name: host.fqdn, ProductComponentType: productName(host) }],
  }),
};

/** The Diagnostic Framework Portico: `/icm-dp` on Windows and VOS machines of CCE, `/cvp-dp` on CVP; Basic over TLS (Serviceability Guide). */
export function portico({ centre }: Surroundings, host: Host): Hono {
  const pages = new Hono();
  const family = host.type.startsWith('CVP') ? 'cvp-dp' : 'icm-dp';
  pages.use(`/${family}/*`, async (context, next) => {
    const credentials = credentialsOf(context.req);
    if (credentials?.password === centre.password) return next();
    context.header('www-authenticate', 'Basic realm="Diagnostic Framework"');
    return context.text('', 401);
  });
  const reply = (context: Context, command: string): Response => {
    const answer = Object.hasOwn(commands, command) ? commands[command]?.(host) : undefined;
    const made = element(`dp:${command}Reply`, null, {
      ReturnCode: answer === undefined ? '1' : '0',
      ...(answer === undefined ? { ErrorString: `${command} is not supported` } : {}),
      'xmlns:dp': namespace,
    });
    made.c('dp:Schema', { Version: '1.0' });
    if (answer !== undefined) {
      const isOne = answer.name === 'ProductVersion';
      const parent = isOne ? made : made.c(`dp:${answer.name}List`);
      for (const entry of answer.entries) parent.c(`dp:${answer.name}`, entry);
    }
    return context.body(made.toString(), 200, { 'content-type': 'text/xml' });
  };
  pages.get(`/${family}/rest/DiagnosticPortal/:command`, (context) => {
    const command = context.req.param('command');
    if (command !== 'GetMenu') return reply(context, command);
    const items = Object.keys(commands).map(
      (name) => `<li><a href="/${family}/rest/DiagnosticPortal/${name}">${name}</a></li>`,
    );
    return context.html(
      html({
        title: 'Diagnostic Framework Portico',
        body: `<main><h1>Diagnostic Framework Portico</h1><ul>${items.join('')}</ul><small>${escaped(host.fqdn)}</small></main>`,
      }),
    );
  });
  pages.get(`/${family}/DiagnosticPortal`, (context) => context.redirect(`/${family}/rest/DiagnosticPortal/GetMenu`));
  return pages;
}
