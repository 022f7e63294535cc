/** One certificate bound to a port in the HTTP service of Windows, as `netsh http show sslcert` prints it. */
export interface ShownBinding {
  /** `0.0.0.0` for all, else one address or a host name. */
  readonly address: string;
  readonly port: number;
  /** SHA-1 of the certificate, forty digits in small letters. */
  readonly thumbprint: string;
  /** `My`, `WebHosting`; null where the binding names none, which means `My`. */
  readonly store: string | null;
}

/** `IP:port : 0.0.0.0:443`, `Hostname:port : aw1.example.com:443`: whatever the language, the value ends in a port. */
const place = /^\s*[^:]*:\S*\s*:\s*(\S+):(\d{1,5})\s*$/;
const hash = /:\s*([0-9a-f]{40})\s*$/i;
const store = /:\s*(My|WebHosting|Root|CA)\s*$/i;

/** The bindings in what `netsh http show sslcert` printed. Labels are translated in a Windows of another language, so values are matched. */
export function bindingsIn(output: string): ShownBinding[] {
  const found: { address: string; port: number; thumbprint: string; store: string | null }[] = [];
  let at: { address: string; port: number } | null = null;
  for (const line of output.split('\n')) {
    const [, address, port] = place.exec(line) ?? [];
    if (address !== undefined) at = { address, port: Number(port) };
    const thumbprint = hash.exec(line)?.[1];
    // Only the digits right behind a place are those of its certificate: an application has an identifier too.
    if (thumbprint !== undefined && at !== null) {
      found.push({ ...at, thumbprint: thumbprint.toLowerCase(), store: null });
      at = null;
    }
    const named = store.exec(line)?.[1];
    const last = found.at(-1);
    if (named !== undefined && last !== undefined) last.store ??= named;
  }
  return found;
}

/** The application of the one binding in what `netsh http show sslcert ipport=…` printed; null where it printed none. */
export function applicationIn(output: string): string | null {
  return /:\s*(\{[0-9a-f-]{36}\})\s*$/im.exec(output)?.[1] ?? null;
}
