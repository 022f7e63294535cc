import { randomBytes } from 'node:crypto';
import { Hono, type Context } from 'hono';
import type { Host, Surroundings } from '../application.ts';
import type { Authentication } from '../authentication.ts';
import { callOut } from '../call-out.ts';
import { FormSessions, textOf } from '../form-session.ts';
import { escaped, html } from '../page.ts';

const title = 'Cisco Unified CCX Administration';

/** Fields by name and the class of the button: what public clients of the page send and look for. */
function signInPage(host: Host, error: string): string {
  return html({
    title,
    body: `<header>${title}</header><main><h1>${title}</h1>
<form method="post" action="/appadmin/j_security_check"><input type="hidden" name="appNav" value="appadmin">
<label for="user">User name</label><input id="user" name="j_username" autocomplete="username">
<label for="password">Password</label><input id="password" name="j_password" type="password" autocomplete="current-password">
<button class="cuesLoginButton">Login</button>${error === '' ? '' : `<p class="error" role="alert">${escaped(error)}</p>`}</form><p><small>${escaped(host.fqdn)}</small></p></main>`,
  });
}

/** Subsystems of the CCP page, each with what it says when CCP cannot be reached. */
const subsystems = ['Feeds', 'Campaigns', 'Notifications', 'Email', 'XMPP', 'Runtime', 'Tomcat'] as const;

/**
 * Unified CCX Administration: j_security_check, a token against forged requests, and the page that shows whether CCP can
 * be reached over trusted TLS. Paths and the token as public clients of 12.5 use them.
 */
export function appAdmin(host: Host, surroundings: Surroundings, authentication: Authentication): Hono {
  const pages = new Hono();
  const sessions = new FormSessions('JSESSIONID', '/appadmin');
  const tokens = new Map<string, string>();
  const signIn = '/appadmin/login';
  pages.get('/', (context) => context.redirect(signIn));
  pages.get(signIn, (context) => context.html(signInPage(host, '')));
  pages.post('/appadmin/j_security_check', async (context) => {
    const form = await context.req.parseBody();
    const credentials = { user: textOf(form['j_username']), password: textOf(form['j_password']) };
    const person = await authentication.signIn(host, credentials);
    const mayEnter = person?.roles.some((role) => role === 'Administrator' || role === 'Supervisor') === true;
    if (!mayEnter) return context.html(signInPage(host, 'Invalid user name or password.'), 401);
    sessions.open(context, person.id);
    return context.redirect('/appadmin/main');
  });
  pages.use('/appadmin/*', async (context, next) => {
    const user = sessions.userOf(context.req);
    if (user === null) return context.redirect(signIn);
    if (context.req.method !== 'POST' || context.req.path === '/appadmin/JavaScriptServlet') return next();
    const form = await context.req.parseBody();
    if (form['CSRFTOKEN'] === tokens.get(user)) return next();
    return context.html(
      html({
        title,
        body: '<main><p class="error">The attempted action is not allowed because it violates security policies.</p></main>',
      }),
      403,
    );
  });
  const frame = (context: Context, heading: string, body: string): Response | Promise<Response> =>
    context.html(
      html({
        title,
        body: `<header>${title}<span class="grow"></span><small>${escaped(sessions.userOf(context.req) ?? '')}</small><a style="color:#fff" href="/appadmin/logout">Logout</a></header><main class="wide"><h1>${heading}</h1>${body}</main>`,
      }),
    );
  pages.get('/appadmin/main', (context) =>
    frame(
      context,
      title,
      '<p><a href="/appadmin/subsystems/ccp">Subsystems &gt; Chat and Email &gt; CCP Configuration</a></p>',
    ),
  );
  pages.post('/appadmin/JavaScriptServlet', (context) => {
    const user = sessions.userOf(context.req) ?? '';
    if (context.req.header('fetch-csrf-token') !== '1') return context.text('', 403);
    const token = tokens.get(user) ?? randomBytes(16).toString('hex').toUpperCase();
    tokens.set(user, token);
    return context.text(`CSRFTOKEN:${token}`);
  });
  // The path of this page is inferred.
  pages.get('/appadmin/subsystems/ccp', async (context) => {
    const ccp = surroundings.hosts.find(({ type }) => type === 'CCP');
    if (ccp === undefined) return frame(context, 'CCP Configuration', '<p>No CCP is configured.</p>');
    const reply = await callOut(host, surroundings, {
      to: ccp.fqdn,
      port: 443,
      path: '/ccp-webapp/ccp/serviceability/SocialMinerSystemHealth.xml?category=all',
    });
    // A missing trust shows as this text: no document says the word TLS (inferred).
    const message =
      reply.came === 'answer'
        ? ''
        : 'Unable to communicate to the CCP on the IP address(Hostname) provided. Please verify whether CCP is running.';
    const state = message === '' ? 'green' : 'red';
    const rows = subsystems.map((name) => `<tr><td>${name}</td><td class="${state}">${state}</td></tr>`).join('');
    return frame(
      context,
      'CCP Configuration',
      `<p>FQDN: ${escaped(ccp.fqdn)}</p><p id="statMsg" class="error" role="alert">${message}</p><table><tbody>${rows}</tbody></table>`,
    );
  });
  pages.get('/appadmin/chat/widget/listchatwidgets.do', (context) =>
    frame(
      context,
      'Chat widgets',
      '<table id="cuesTable.td"><tr><th>Name</th></tr><tr id="1"><td><a href="#">Web site</a></td></tr></table>',
    ),
  );
  pages.get('/appadmin/logout', (context) => {
    sessions.close(context.req);
    return context.html(
      html({ title, body: `<main><p><a href="${signIn}">Click here to log in again</a></p></main>` }),
    );
  });
  pages.get('/appadmin', (context) => context.redirect('/appadmin/main'));
  return pages;
}
