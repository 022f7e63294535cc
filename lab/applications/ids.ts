import { Hono } from 'hono';
import type { Host } from './application.ts';
import { escaped, html } from './page.ts';

/** Cisco Identity Service: its administration page and where identity providers answer to. Single sign-on is off in the lab. */
export function identityService(host: Host): Hono {
  const pages = new Hono();
  const title = 'Cisco Identity Service Management';
  pages.get('/idsadmin', (context) =>
    context.html(
      html({
        title,
        body: `<main><h1>${title}</h1><form><label for="username">User name</label><input id="username"><label for="password">Password</label><input id="password" type="password"><button>Sign In</button></form><p><small>${escaped(host.fqdn)}</small></p></main>`,
      }),
    ),
  );
  pages.get('/', (context) => context.redirect('/idsadmin'));
  pages.post('/ids/saml/response', (context) => context.text('The identity service is not configured', 403));
  return pages;
}
