import { html, nothing, type Html, type Part } from '../../html.ts';
import type { VosMachine } from '../machine.ts';
import { inferred, seen } from './names.ts';
import { newToken, type BrowserSession } from './sessions.ts';
import { style } from './style.ts';

/** What a page is made for. */
export interface Visit {
  readonly machine: VosMachine;
  readonly session: BrowserSession;
  readonly query: URLSearchParams;
  /** The fields of a posted form; empty for a page that was only opened. */
  readonly form: FormData;
}

/** What a form did, or why it did nothing. */
export interface Status {
  readonly kind: 'done' | 'refused';
  readonly lines: readonly string[];
}

export type Answer =
  | { readonly as: 'page'; readonly title: string; readonly main: Html }
  | { readonly as: 'redirect'; readonly to: string }
  | { readonly as: 'file'; readonly name: string; readonly type: string; readonly body: string | Buffer };

export function page(title: string, main: Html): Answer {
  return { as: 'page', title, main };
}

function navigation(): Html {
  return html`<nav>
    <div>
      <button type="button" id="ShowButton">Show</button>
      <div class="menu" id="show">
        <ul>
          <li><a href="${seen.home}">System</a></li>
        </ul>
      </div>
    </div>
    <div>
      <button type="button" id="SecurityButton">Security</button>
      <div class="menu" id="security">
        <ul>
          <li><a href="${seen.list}">Certificate Management</a></li>
        </ul>
      </div>
    </div>
  </nav>`;
}

/** A whole document. Whoever has not signed in sees no navigation. */
export function documentOf(title: string, main: Html, user: string | null): string {
  const who =
    user === null ? nothing : html`<span class="who">${user} | <a href="${inferred.signOut}">Logout</a></span>`;
  const isNarrow = user === null;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        ${style}
      </head>
      <body>
        <header><b>Cisco Unified Operating System Administration</b>${who}</header>
        ${user === null ? nothing : navigation()}
        <main class="${isNarrow ? 'narrow' : ''}">${main}</main>
      </body>
    </html> `.text;
}

export function statusBox(status: Status | null): Html {
  if (status === null) return nothing;
  const lines = status.lines.map((line) => html`<p>${line}</p>`);
  return html`<div class="status ${status.kind}" id="status" role="status">${lines}</div>`;
}

/** The fields that keep a form from being sent twice, or by another site. */
export function tokenFields(session: BrowserSession): Html {
  return html`<input type="hidden" name="${seen.tokenName}" value="${seen.token}" /><input
      type="hidden"
      name="${seen.token}"
      value="${newToken(session)}"
    />`;
}

/** A label and what it labels. */
export function field(label: string, id: string, control: Html): Html {
  return html`<label for="${id}">${label}</label>${control}`;
}

/** Name and id are the same: clients look for either. */
export function select(
  name: string,
  options: readonly (readonly [value: string, title: string])[],
  chosen: string,
): Html {
  const items = options.map(([value, title]) =>
    value === chosen
      ? html`<option value="${value}" selected>${title}</option>`
      : html`<option value="${value}">${title}</option>`,
  );
  return html`<select name="${name}" id="${name}">
    ${items}
  </select>`;
}

export function textInput(name: string, value: Part, more: Html = nothing): Html {
  return html`<input name="${name}" id="${name}" value="${value}" ${more} />`;
}
