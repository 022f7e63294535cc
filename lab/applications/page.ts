import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Context } from 'hono';

const style = `
  :root { color-scheme: light }
  body { margin: 0; font: 15px/1.5 system-ui, sans-serif; background: #eef2f5; color: #22303c }
  header { display: flex; gap: 18px; align-items: center; padding: 12px 28px; background: #12384f; color: #fff; font-size: 17px }
  header .grow { flex: 1 }
  main { max-width: 360px; margin: 9vh auto; padding: 28px 32px; background: #fff; border-radius: 6px; box-shadow: 0 1px 6px #0003 }
  main.wide { max-width: none; margin: 20px 28px; padding: 20px 24px }
  h1 { margin: 0 0 18px; font-size: 20px; font-weight: 600 }
  h2 { margin: 0 0 10px; font-size: 16px; font-weight: 600 }
  label { display: block; margin: 12px 0 4px; font-size: 13px }
  input, select, textarea { width: 100%; box-sizing: border-box; padding: 8px; border: 1px solid #9db0bd; border-radius: 4px; font: inherit }
  button { margin-top: 12px; padding: 7px 20px; border: 0; border-radius: 4px; background: #0b6e99; color: #fff; font: inherit; cursor: pointer }
  button:disabled { background: #a9b9c3; cursor: default }
  small { color: #5a6b77 }
  table { border-collapse: collapse; width: 100%; font-size: 13px }
  th, td { padding: 5px 10px; border-bottom: 1px solid #d5dee4; text-align: left }
  th { background: #f2f6f8; font-weight: 600 }
  .error { color: #a3211b; margin: 12px 0 0 }
  [hidden] { display: none !important }`;

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

interface Frame {
  readonly title: string;
  readonly body: string;
  readonly titleId?: string;
  /** What its script is told, read as JSON from the element with the id config. */
  readonly config?: unknown;
  readonly scripts?: readonly string[];
  /** Rules beyond those that all pages share. */
  readonly style?: string;
}

/** A whole page. `title` and values are escaped here; `body` is markup. */
export function html(frame: Frame): string {
  const id = frame.titleId === undefined ? '' : ` id="${frame.titleId}"`;
  const config =
    frame.config === undefined
      ? ''
      : `<script type="application/json" id="config">${JSON.stringify(frame.config).replaceAll('<', '\\u003c')}</script>`;
  const scripts = (frame.scripts ?? []).map((source) => `<script src="${escaped(source)}"></script>`).join('');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title${id}>${escaped(frame.title)}</title><link rel="icon" href="data:,"><style>${style}${frame.style ?? ''}</style></head>
<body>${frame.body}${config}${scripts}</body></html>
`;
}

const scripts = new Map<string, Promise<string>>();

/** Hands out a script for browsers that lies in this folder's `browser/`. */
export async function script(context: Context, name: string): Promise<Response> {
  const path = join(import.meta.dirname, 'browser', name);
  return javaScript(context, path);
}

/** Hands out the Strophe library for XMPP in browsers. */
export async function strophe(context: Context): Promise<Response> {
  const main = createRequire(import.meta.url).resolve('strophe.js');
  return javaScript(context, join(dirname(main), 'strophe.umd.min.js'));
}

async function javaScript(context: Context, path: string): Promise<Response> {
  const source = scripts.get(path) ?? readFile(path, 'utf8');
  scripts.set(path, source);
  return context.body(await source, 200, { 'content-type': 'text/javascript; charset=utf-8' });
}

/** The page of an application that the lab only names. */
export function namedPage(title: string, fqdn: string): string {
  const text = escaped(title);
  return html({
    title,
    body: `<header>${text}</header><main><h1>${text}</h1><small>${escaped(fqdn)}</small></main>`,
  });
}
