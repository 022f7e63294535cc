import { html } from '../../html.ts';
import type { SignInResult } from '../../sign-in.ts';
import { field, page, statusBox, type Answer, type Visit } from './layout.ts';
import { seen, words } from './names.ts';

const refusals = { refused: words.wrong, locked: words.locked } as const;

/** The sign-in. It stands at the address that was asked for. */
export function signInPage(result: Exclude<SignInResult, 'accepted'> | null): Answer {
  return page(
    'Cisco Unified Operating System Administration',
    html`<h1>Sign in</h1>
      ${statusBox(result === null ? null : { kind: 'refused', lines: [refusals[result]] })}
      <form method="post" action="${seen.signIn}">
        <input type="hidden" name="${seen.application}" value="cmplatform" />
        <div class="fields">
          ${field('Username', seen.user, html`<input name="${seen.user}" id="${seen.user}" autocomplete="username" autofocus />`)}
          ${field('Password', seen.password, html`<input name="${seen.password}" id="${seen.password}" type="password" autocomplete="current-password" />`)}
        </div>
        <div class="bar">
          <button class="cuesLoginButton">Login</button><button class="cuesLoginButton" type="reset">Reset</button>
        </div>
      </form>`,
  );
}

export function homePage({ machine }: Visit): Answer {
  return page(
    'Cisco Unified Operating System Administration',
    html`<h1>Cisco Unified Operating System Administration</h1>
      <p>${machine.fqdn}, version ${machine.release}</p>
      <p><a class="cuesButton" href="${seen.list}">Certificate Management</a></p>`,
  );
}
