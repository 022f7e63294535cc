/** Text values of the registry, below the keys that something reads. Names are found whatever their case. */
export class Registry {
  readonly #keys = new Map<string, ReadonlyMap<string, string>>();

  /** The values of a key; undefined where there is no such key. */
  values(key: string): ReadonlyMap<string, string> | undefined {
    return [...this.#keys].find(([each]) => each.toLowerCase() === whole(key).toLowerCase())?.[1];
  }

  get(key: string, name: string): string | undefined {
    return [...(this.values(key) ?? [])].find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];
  }

  set(key: string, name: string, value: string): void {
    this.#keys.set(whole(key), new Map([...(this.values(key) ?? []), [name, value]]));
  }

  delete(key: string, name: string): void {
    this.#keys.set(whole(key), new Map([...(this.values(key) ?? [])].filter(([each]) => each !== name)));
  }

  snapshot(): ReadonlyMap<string, ReadonlyMap<string, string>> {
    return new Map(this.#keys);
  }

  restore(snapshot: ReadonlyMap<string, ReadonlyMap<string, string>>): void {
    this.#keys.clear();
    for (const [key, values] of snapshot) this.#keys.set(key, values);
  }
}

/** The key with its root written out. */
export function whole(key: string): string {
  return key.replace(/^(HKLM:?|HKEY_LOCAL_MACHINE)\\/i, 'HKEY_LOCAL_MACHINE\\').replace(/\\+$/, '');
}
