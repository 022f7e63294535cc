/** A request that wants its answer. */
export interface Request {
  /** PKCS #10 (RFC 2986), DER. */
  readonly der: Buffer;
  /** Name for files and lists: machine and unit. */
  readonly name: string;
  /** The name people use of the machine: a request may ask for none. */
  readonly fqdn: string;
  /** What the request asks for, each once; that name where it asks for none. */
  readonly names: readonly string[];
  /** Whether it names nothing: the authority is to write the name of the machine. */
  readonly isNameless: boolean;
  /** What the authority gave when the same request was handed in before, so that it is not handed in twice; null at first. */
  readonly ticket: string | null;
}

/** What came of asking. */
export type Answer =
  /** The file as the authority gave it: of whatever format, with whatever it holds besides the certificate; its path where people put it there. */
  | { readonly status: 'answered'; readonly file: Buffer; readonly path?: string }
  /** Not yet: `ticket` is asked with again; `awaits` says in words whose turn it is. */
  | { readonly status: 'waiting'; readonly ticket: string; readonly awaits: string };

/** How a certification authority is asked. */
export interface CertificationAuthority {
  /** Hands in the request, or asks after it. Throws `ProbeError` where the authority refuses, or cannot be reached. */
  ask(request: Request): Promise<Answer>;
  /** Whether it could be asked now; changes nothing. Throws `ProbeError` or an Error that says what is in the way. */
  reach(): Promise<void>;
}
