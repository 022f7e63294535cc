import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { MachineType } from '#model/names.ts';
import type { Listener } from '#products/product.ts';

/** Who answers: what a page needs to know of its machine. */
export interface Host {
  readonly type: MachineType;
  readonly fqdn: string;
  /** Seconds that its clock is ahead of the lab's. */
  readonly clockAheadSeconds: number;
}

type Page = { readonly status: number; readonly location: string } | { readonly status: 200; readonly body: string };

const style = `
  body { margin: 0; font: 15px/1.5 system-ui, sans-serif; background: #eef2f5; color: #22303c }
  header { padding: 14px 28px; background: #12384f; color: #fff; font-size: 17px }
  main { max-width: 360px; margin: 9vh auto; padding: 28px 32px; background: #fff; border-radius: 6px; box-shadow: 0 1px 6px #0003 }
  h1 { margin: 0 0 18px; font-size: 20px; font-weight: 600 }
  label { display: block; margin: 12px 0 4px; font-size: 13px }
  input { width: 100%; box-sizing: border-box; padding: 8px; border: 1px solid #9db0bd; border-radius: 4px; font: inherit }
  button { margin-top: 20px; padding: 8px 22px; border: 0; border-radius: 4px; background: #0b6e99; color: #fff; font: inherit }
  button:disabled { background: #a9b9c3 }
  small { color: #5a6b77 }`;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function html(title: string, main: string, titleId = ''): string {
  const id = titleId === '' ? '' : ` id="${titleId}"`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title${id}>${escaped(title)}</title><link rel="icon" href="data:,"><style>${style}</style></head>
<body>${main}</body></html>
`;
}

function shown(body: string): Page {
  return { status: 200, body };
}

function elsewhere(location: string): Page {
  return { status: 302, location };
}

function named(title: string, host: Host): Page {
  const text = escaped(title);
  return shown(
    html(title, `<header>${text}</header><main><h1>${text}</h1><small>${escaped(host.fqdn)}</small></main>`),
  );
}

/**
 * The sign-in page of Unified CCX Administration: fields by name and the class of the button are those that public
 * clients of it look for.
 */
function appAdmin(host: Host): Page {
  const title = 'Cisco Unified CCX Administration';
  return shown(
    html(
      title,
      `<header>${title}</header><main><h1>${title}</h1>
<form method="post" action="/appadmin/j_security_check"><input type="hidden" name="appNav" value="appadmin">
<label for="user">User name</label><input id="user" name="j_username" autocomplete="username">
<label for="password">Password</label><input id="password" name="j_password" type="password" autocomplete="current-password">
<button class="cuesLoginButton">Login</button></form><p><small>${escaped(host.fqdn)}</small></p></main>`,
    ),
  );
}

/** The sign-in page of the Finesse 12.x desktop: the button is disabled until all three fields are filled. */
function finesse(): Page {
  return shown(
    html(
      'Cisco Finesse',
      `<main><h1 id="app-name">Cisco Finesse</h1><form>
<label for="username">Username</label><input id="username" autocomplete="username">
<label for="password">Password</label><input id="password" type="password" autocomplete="current-password">
<label for="extension">Extension</label><input id="extension" inputmode="numeric">
<button id="signin-button" type="submit" disabled>Sign In</button></form></main>
<script>
const fields = ['username', 'password', 'extension'].map((id) => document.getElementById(id));
const button = document.getElementById('signin-button');
document.querySelector('form').addEventListener('input', () => { button.disabled = fields.some((field) => field.value === ''); });
document.querySelector('form').addEventListener('submit', (event) => event.preventDefault());
</script>`,
      'the_title',
    ),
  );
}

const pages: readonly {
  readonly types: readonly MachineType[];
  readonly ports: readonly number[];
  readonly path: RegExp;
  readonly page: (host: Host) => Page;
}[] = [
  {
    types: ['UCCX_PUBLISHER', 'UCCX_SUBSCRIBER'],
    ports: [443, 8443],
    path: /^\/appadmin\/login$/,
    page: appAdmin,
  },
  {
    types: ['UCCX_PUBLISHER', 'UCCX_SUBSCRIBER'],
    ports: [443, 8443],
    path: /^\/(appadmin(\/.*)?)?$/,
    page: () => elsewhere('/appadmin/login'),
  },
  {
    types: ['UCCX_PUBLISHER', 'UCCX_SUBSCRIBER'],
    ports: [8445],
    path: /^\/desktop\/container\//,
    page: finesse,
  },
  {
    types: ['UCCX_PUBLISHER', 'UCCX_SUBSCRIBER'],
    ports: [8445],
    path: /^\/(desktop\/?)?$/,
    page: () => elsewhere('/desktop/container/'),
  },
  // The page that agents open only to accept the certificate is blank.
  {
    types: ['UCCX_PUBLISHER', 'UCCX_SUBSCRIBER', 'CCP'],
    ports: [7443],
    path: /^\/$/,
    page: () => shown(html('', '')),
  },
];

function pageFor(host: Host, listener: Listener, path: string): Page | null {
  const own = pages.find(
    (page) => page.types.includes(host.type) && page.ports.includes(listener.port) && page.path.test(path),
  );
  if (own !== undefined) return own.page(host);
  const first = listener.page ?? '/';
  if (path === first || path === `${first}/`) return named(listener.title, host);
  return path === '/' ? elsewhere(first) : null;
}

/** Answers for one port of a machine. The host is asked for at each request: its name may change. */
export function pagesOf(host: Host, listener: Listener): RequestListener {
  return (request: IncomingMessage, response: ServerResponse) => {
    const page = pageFor(host, listener, new URL(request.url ?? '/', 'https://lab.invalid').pathname);
    response.on('error', () => response.destroy());
    response.setHeader('date', new Date(Date.now() + host.clockAheadSeconds * 1000).toUTCString());
    if (page === null) response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
    else if ('location' in page) response.writeHead(page.status, { location: page.location }).end();
    else response.writeHead(page.status, { 'content-type': 'text/html; charset=utf-8' }).end(page.body);
  };
}
