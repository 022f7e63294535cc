/** One binding of a certificate to a port in the HTTP service of Windows (http.sys). */
export interface HttpBinding {
  readonly port: number;
  /** Forty digits, in small letters as netsh prints them. */
  readonly hash: string;
  readonly applicationId: string;
  readonly store: string;
}

/** The application id of IIS. */
export const iisApplication = '{4dc3e181-e14b-4a21-b022-59fc669b0914}';
/** That of the Diagnostic Framework. */
export const diagnosticApplication = '{7f41b7c6-3e0b-4b8e-9d4c-5a2f0e6d1c90}'; // inferred: no document names it

/** The bindings of 0.0.0.0. A change counts from the next connection on, whichever program made it. */
export class HttpBindings {
  #bindings: readonly HttpBinding[] = [];

  get all(): readonly HttpBinding[] {
    return this.#bindings;
  }

  at(port: number): HttpBinding | undefined {
    return this.#bindings.find((binding) => binding.port === port);
  }

  bind(binding: HttpBinding): void {
    this.#bindings = [...this.#bindings.filter(({ port }) => port !== binding.port), binding].sort(
      (left, right) => left.port - right.port,
    );
  }

  unbind(port: number): boolean {
    const before = this.#bindings.length;
    this.#bindings = this.#bindings.filter((binding) => binding.port !== port);
    return this.#bindings.length < before;
  }

  replaceAll(bindings: readonly HttpBinding[]): void {
    this.#bindings = bindings;
  }
}
