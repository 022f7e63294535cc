import { Hono } from 'hono';
import { isInRange } from '#products/release.ts';
import type { Host, Surroundings } from '../application.ts';
import { callOut } from '../call-out.ts';
import { escaped, html, script, strophe } from '../page.ts';
import { pairOf } from './api.ts';
import { gadgetsOf } from './layout.ts';

/** Whether the notification service is reached by BOSH on 7443, not by WebSocket on 8445 (releases before 12.5). */
function usesBosh({ release }: Host): boolean {
  return isInRange(release, { from: '12.5' }) === false;
}

function isOld({ release }: Host): boolean {
  return isInRange(release, { from: '12.0' }) === false;
}

/** The three fields: ids of 12.x, names until 11.x, as public scripts for the page find them. */
function signInFields(host: Host): string {
  const field = (label: string, id: string, old: string, more = ''): string => {
    const naming = isOld(host) ? `name="${old}" id="${old}"` : `id="${id}"`;
    return `<label for="${isOld(host) ? old : id}">${label}</label><input ${naming} data-field="${id}" ${more}>`;
  };
  return [
    field('Username', 'username', 'j_username', 'autocomplete="username"'),
    field('Password', 'password', 'j_password', 'type="password" autocomplete="current-password"'),
    field('Extension', 'extension', 'extension_login_user', 'inputmode="numeric"'),
  ].join('\n');
}

const desktopStyle = `
  #desktop header button { margin: 0 }
  #call-control { margin-bottom: 16px; padding: 14px 18px; background: #fff; border-radius: 6px }
  #desktop { display: flex; min-height: 100vh; flex-direction: column }
  #desktop .body { display: flex; flex: 1 }
  #desktop nav { width: 190px; padding: 16px; background: #dfe8ee }
  #desktop nav a { display: block; padding: 6px 8px; color: #12384f; text-decoration: none; border-radius: 4px }
  #desktop nav a[aria-current] { background: #fff }
  #desktop section { flex: 1; padding: 18px 24px }
  #desktop iframe { width: 100%; height: 250px; border: 1px solid #c4d1d9; border-radius: 6px; background: #fff; margin-bottom: 14px }
  #voice-state-select-headerContainer { padding: 4px 14px; background: #fff2; border-radius: 4px; cursor: pointer }
  .menu { position: absolute; background: #fff; color: #22303c; box-shadow: 0 2px 10px #0005; border-radius: 4px; min-width: 140px; z-index: 2 }
  .menu div { padding: 6px 14px; cursor: pointer }
  .menu div:hover { background: #e5eef3 }
  [class^="alertbanner-content-"] { padding: 8px 28px; background: #fde9c8; color: #6b4400 }
  dialog { border: 0; border-radius: 6px; box-shadow: 0 4px 24px #0006; max-width: 460px }
  .popover { position: fixed; right: 24px; bottom: 24px; width: 300px; padding: 16px 20px; background: #fff; border-radius: 6px; box-shadow: 0 4px 24px #0006; z-index: 3 }`;

function container(host: Host, surroundings: Surroundings): string {
  const other = pairOf(host, surroundings).find((node) => node !== host);
  const wrongPassword = host.type.startsWith('UCCX') ? 'Invalid User ID/Password' : 'Invalid user ID or password';
  return html({
    title: 'Cisco Finesse',
    titleId: 'the_title',
    style: desktopStyle,
    scripts: ['/desktop/thirdparty/strophe.js', '/desktop/scripts/js/answers.js', '/desktop/scripts/js/desktop.js'],
    config: {
      host: host.fqdn,
      wrongPassword,
      notification: usesBosh(host) ? `https://${host.fqdn}:7443/http-bind/` : `wss://${host.fqdn}:8445/ws/`,
      mustBeAccepted: usesBosh(host) ? [`https://${host.fqdn}:7443/`] : [],
      alternate: other === undefined ? null : other.fqdn,
      gadgets: gadgetsOf(host, surroundings),
    },
    // The names of the dialog's and the pop-over's elements are inferred: only their words are documented.
    body: `<main id="signin"><h1 id="app-name">Cisco Finesse</h1><form>${signInFields(host)}
<button id="signin-button" type="submit" disabled>Sign In</button><p class="error" id="signin-error" role="alert" hidden></p></form></main>
<dialog id="certificates"><h2>SSL Certificate Not Accepted</h2><p>Accept the certificate of each of these in the tab that opens, then come back.</p><ul></ul></dialog>
<div id="desktop" hidden><header><span>Cisco Finesse</span><span class="grow"></span>
<div id="agent-voice-state"><div id="voice-state-select-headerContainer" role="combobox" aria-label="Voice state"><span id="voice-state-select-headerOptionText"></span> <span role="timer"></span></div><div class="menu" role="listbox" hidden></div></div>
<div id="nonvoice-state-menu" hidden><span class="state">Not Ready</span> <button type="button">Chat: Ready</button></div>
<div id="identity-menu"><span class="who"></span> <button type="button">Sign Out</button></div></header>
<div class="alertbanner-content-notification" role="status" hidden></div>
<div class="body"><nav><a href="#home" title="Home" aria-current="page">Home</a><a href="#chat" title="Manage Chat and Email" hidden>Manage Chat and Email</a></nav>
<section id="home"><div id="call-control" hidden><h2 class="title"></h2><button type="button" data-action="ANSWER">Answer</button> <button type="button" data-action="HOLD">Hold</button> <button type="button" data-action="RETRIEVE">Retrieve</button> <button type="button" data-action="DROP">End</button></div><div id="gadgets"></div></section>
<section id="chat" hidden></section></div></div>
<div class="popover" id="chat-popover" hidden><h2>Chat</h2><p class="from"></p><button type="button">Accept</button></div>`,
  });
}

/** A gadget in its frame, as the container's gadget server renders it: the server fetches the gadget, by its own trust store. */
async function gadget(host: Host, surroundings: Surroundings, url: string): Promise<string> {
  const refused = (why: string): string =>
    html({
      title: 'Gadget',
      body: `<p class="error">Unable to retrieve spec for ${escaped(url)}. ${escaped(why)}</p>`,
    });
  if (!URL.canParse(url)) return refused('HTTP error 400');
  const { protocol, hostname, port, pathname, search } = new URL(url);
  if (protocol !== 'https:') return refused('HTTP error 400');
  const reply = await callOut(host, surroundings, {
    to: hostname,
    port: port === '' ? 443 : Number(port),
    path: pathname + search,
  });
  // Apache Shindig answers so for any failure of the connection; which number it gives is inferred.
  if (reply.came !== 'answer') return refused('HTTP error 504');
  return reply.status === 200 ? reply.body : refused(`HTTP error ${reply.status}`);
}

/** The pages of the Finesse desktop and of its administration console. */
export function finesseDesktop(host: Host, surroundings: Surroundings): Hono {
  const pages = new Hono();
  const open = '/desktop/container/';
  pages.get('/', (context) => context.redirect(open));
  pages.get('/desktop', (context) => context.redirect(open));
  for (const path of ['/desktop/container', '/desktop/container/landing.jsp']) {
    pages.get(path, (context) => context.html(container(host, surroundings)));
  }
  for (const name of ['answers.js', 'desktop.js'])
    pages.get(`/desktop/scripts/js/${name}`, (context) => script(context, name));
  pages.get('/desktop/thirdparty/strophe.js', strophe);
  pages.get('/desktop/api/DesktopConfig', (context) =>
    context.json({
      deploymentType: host.type.startsWith('UCCX') ? 'UCCX' : 'UCCE',
      securityBannerMessage: '',
      systemStatus: 'IN_SERVICE',
      host: `${host.fqdn}:8445`,
      isAlternateSystemAvailable: pairOf(host, surroundings).length > 1,
      desktopLicensed: true,
      systemAuthMode: 'NON_SSO',
      alternateHost: pairOf(host, surroundings).find((node) => node !== host)?.fqdn ?? '',
    }),
  );
  pages.get('/gadgets/ifr', async (context) =>
    context.html(await gadget(host, surroundings, context.req.query('url') ?? '')),
  );
  for (const path of ['/cfadmin', '/cfadmin/container']) {
    pages.get(path, (context) =>
      context.html(
        html({
          title: 'Cisco Finesse Administration',
          body: `<main><h1>Cisco Finesse Administration</h1><form><label for="j_username">ID</label><input id="j_username" name="j_username"><label for="j_password">Password</label><input id="j_password" name="j_password" type="password"><button type="submit">Sign In</button></form></main>`,
        }),
      ),
    );
  }
  return pages;
}
