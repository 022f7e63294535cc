import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { isInRange } from '#products/release.ts';
import type { Host, Surroundings } from '../application.ts';
import type { Authentication } from '../authentication.ts';
import { FormSessions, textOf } from '../form-session.ts';
import type { LiveDataFeed } from '../live-data/feed.ts';
import { gadgetServices } from '../live-data/pages.ts';
import { escaped, html, script } from '../page.ts';

/** Statistics and columns of a view, by its first filter. */
const views: readonly { readonly filter: string; readonly columns: readonly (readonly [string, string])[] }[] = [
  {
    filter: 'VoiceIAQStats',
    columns: [
      ['esdName', 'Queue'],
      ['nResourcesLoggedIn', 'Signed in'],
      ['nAvailResources', 'Ready'],
      ['nHandledContacts', 'Handled'],
    ],
  },
  {
    filter: 'AgentCSQStats',
    columns: [
      ['csqName', 'Queue'],
      ['currentWaitingCalls', 'Waiting'],
    ],
  },
  {
    filter: 'VoiceCSQDetailsStats',
    columns: [
      ['agentName', 'Agent'],
      ['agentState', 'State'],
    ],
  },
  {
    filter: 'ResourceIAQStats',
    columns: [
      ['resourceName', 'Agent'],
      ['strResourceState', 'State'],
      ['nHandledContacts', 'Handled'],
    ],
  },
];

/** Where Live Data pushes from, and the page that is opened to accept its certificate: this machine on UCCX, its own servers elsewhere. */
function pushServer(host: Host, { hosts }: Surroundings): { at: string; acceptance: string } | null {
  if (host.type.startsWith('UCCX')) return { at: `${host.fqdn}:12015`, acceptance: '/' };
  const server = hosts.find(({ type, beside = [] }) => [type, ...beside].some((each) => each.startsWith('LIVE_DATA')));
  if (server === undefined) return null;
  return isInRange(server.release, { from: '12.6(2)' }) === true
    ? { at: server.fqdn, acceptance: '/livedata/security' }
    : { at: `${server.fqdn}:12008`, acceptance: '/security' };
}

function gadget(host: Host, surroundings: Surroundings, filterId: string): string {
  const view = views.find(({ filter }) => filterId.startsWith(filter)) ?? views.at(-1);
  const push = pushServer(host, surroundings);
  const base = `https://${host.fqdn}:8444`;
  return html({
    title: 'Live Data',
    style: 'body { background: #fff; padding: 8px 12px }',
    config: {
      statistics: view?.filter,
      columns: view?.columns,
      services: `${base}/cuic/rest/livedata`,
      push,
    },
    scripts: [`${base}/cuicui/gadget/answers.js`, `${base}/cuicui/gadget/report-gadget.min.js`],
    // Shown until the script of the gadget has arrived from this server's own port.
    body: `<div class="report"><p class="status">Loading…</p><table hidden><thead></thead><tbody></tbody></table></div>`,
  });
}

/** Unified Intelligence Center: sign-in in two steps, permalinks, and the Live Data gadget. */
export function intelligenceCenter(
  host: Host,
  surroundings: Surroundings,
  authentication: Authentication,
  feed: LiveDataFeed,
): Hono {
  const pages = new Hono();
  const sessions = new FormSessions('JSESSIONIDSSO');
  const signIn = (error: string): string =>
    html({
      title: 'Cisco Unified Intelligence Center',
      scripts: ['/cuicui/scripts/sign-in.js'],
      body: `<main><h1>Cisco Unified Intelligence Center</h1><form method="post" action="/cuicui/j_security_check">
<div id="identity"><label for="rawUserName">User name</label><input id="rawUserName" name="rawUserName" autocomplete="username"><button id="identitySubmitBtn" type="button">Next</button></div>
<div id="secret" hidden><label for="j_password">Password</label><input id="j_password" name="j_password" type="password" autocomplete="current-password">
<label for="domain">Domain</label><select id="domain" name="domain"><option>CUIC</option><option>CCX</option><option>LDAP</option></select><button class="btn btn--people" type="submit">Sign In</button></div>
${error === '' ? '' : `<p class="error" role="alert">${escaped(error)}</p>`}</form><p><small>${escaped(host.fqdn)}</small></p></main>`,
    });
  const reports = ['Agent Team Summary', 'Team State', 'Voice CSQ Summary', 'Agent Detail (historical)'];
  pages.get('/', (context) => context.redirect('/cuicui/Main.jsp'));
  for (const path of ['/cuic', '/cuicui']) pages.get(path, (context) => context.redirect('/cuicui/Main.jsp'));
  pages.get('/cuicui/Main.jsp', (context) => {
    const user = sessions.userOf(context.req);
    if (user === null) return context.html(signIn(''));
    const rows = reports.map((report, at) => `<tr id="dgrid_0-row-${at}"><td>${escaped(report)}</td></tr>`).join('');
    return context.html(
      html({
        title: 'Cisco Unified Intelligence Center',
        body: `<header>Cisco Unified Intelligence Center<span class="grow"></span><small>${escaped(user)}</small></header><main class="wide"><h1>Reports</h1><table><tbody>${rows}</tbody></table></main>`,
      }),
    );
  });
  pages.post('/cuicui/j_security_check', async (context) => {
    const form = await context.req.parseBody();
    const [user, password] = [textOf(form['rawUserName']), textOf(form['j_password'])];
    const agent = await authentication.signIn(host, { user: user.split('\\').at(-1) ?? '', password });
    if (agent === null) return context.html(signIn('The user name or password is incorrect.'), 401);
    sessions.open(context, agent.id);
    return context.redirect('/cuicui/Main.jsp');
  });
  pages.get('/cuicui/scripts/sign-in.js', (context) => script(context, 'two-step-sign-in.js'));
  pages.use('/cuicui/gadget/*', cors());
  pages.get('/cuicui/gadget/answers.js', (context) => script(context, 'answers.js'));
  pages.get('/cuicui/gadget/report-gadget.min.js', (context) => script(context, 'live-data-gadget.js'));
  for (const family of ['cuic', 'cuicui']) {
    for (const kind of ['xml', 'jsp']) {
      pages.get(`/${family}/gadget/LiveData/LiveDataGadget.${kind}`, (context) =>
        context.html(gadget(host, surroundings, context.req.query('filterId') ?? '')),
      );
    }
  }
  for (const path of ['/cuicui/permalink', '/cuic/permalink/PermalinkViewer.htmx']) {
    pages.get(path, (context) =>
      // Permalinks of Live Data always ask who opens them.
      sessions.userOf(context.req) === null
        ? context.html(signIn(''))
        : context.html(gadget(host, surroundings, context.req.query('filterId') ?? 'ResourceIAQStats')),
    );
  }
  pages.get('/cuic/rest/about', (context) => context.json({ version: host.release }));
  pages.route('/cuic/rest/livedata', gadgetServices(surroundings, feed));
  return pages;
}

/** Operations Administration, on the port of Cisco Tomcat. */
export function operationsAdministration(): Hono {
  const pages = new Hono();
  for (const path of ['/oamp', '/oamp/Login.do']) {
    pages.get(path, (context) =>
      context.html(
        html({
          title: 'Unified Intelligence Center Administration',
          body: '<main><h1>Operations Administration</h1><form method="post" action="/oamp/j_security_check"><input type="hidden" name="csrfToken" value=""><label for="user">User name</label><input id="user" name="j_username"><label for="password">Password</label><input id="password" name="j_password" type="password"><button>Sign In</button></form></main>',
        }),
      ),
    );
  }
  return pages;
}
