import type { Html } from '../html.ts';
import type { CertificationAuthority } from './certification-authority.ts';

/** What a page comes back as. */
export type Answer =
  | { readonly as: 'page'; readonly main: Html }
  | { readonly as: 'file'; readonly type: string; readonly name: string; readonly body: string | Buffer };

/** What a page is made for. */
export interface Visit {
  readonly ca: CertificationAuthority;
  readonly query: URLSearchParams;
  readonly form: FormData;
}

export function shown(main: Html): Answer {
  return { as: 'page', main };
}
