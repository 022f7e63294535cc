import { Hono } from 'hono';
import { cors } from 'hono/cors';
import type { Host, Surroundings } from '../application.ts';
import { credentialsOf, type Authentication } from '../authentication.ts';
import { html } from '../page.ts';
import type { LiveDataFeed } from './feed.ts';
import { isStatisticsName, statisticsOf } from './statistics.ts';

/** The page that is opened only to accept the certificate. Its text is inferred. */
export function acceptancePage(): string {
  return html({
    title: 'Live Data',
    body: '<main><h1>Live Data</h1><p>The certificate of this server is accepted. Close this page.</p></main>',
  });
}

/** The Engine's web server: the token of Live Data clients, and the statistics as they stand. */
export function engine(host: Host, { centre }: Surroundings, authentication: Authentication, feed: LiveDataFeed): Hono {
  const pages = new Hono();
  pages.get('/livedata/token/new', async (context) => {
    const agent = await authentication.signIn(host, credentialsOf(context.req));
    if (agent === null) return context.json({ error: 'unauthorized' }, 401);
    return context.json({ token: feed.newToken() });
  });
  pages.get('/realtime/:name', (context) => statistics(context.req.param('name'), centre, feed));
  return pages;
}

function statistics(name: string, centre: Surroundings['centre'], feed: LiveDataFeed): Response {
  if (!isStatisticsName(name)) return new Response('Not found\n', { status: 404 });
  const records = statisticsOf(name, centre, feed.handled);
  return Response.json(records.map((record) => ({ id: record.id, operation: 'UPDATE', [name]: record })));
}

/** What the gadget asks its own server for: a token for the push channel and the first snapshot. How the real one gets them is not public (inferred). */
export function gadgetServices({ centre }: Surroundings, feed: LiveDataFeed): Hono {
  const services = new Hono();
  services.use(cors());
  services.get('/token', (context) => context.json({ token: feed.newToken() }));
  services.get('/:name', (context) => statistics(context.req.param('name'), centre, feed));
  return services;
}
