/** What a VOS machine keeps, by unit and by trust store, where it is told all at once. */
export interface StoreSnapshot {
  readonly identities: ReadonlyMap<string, { readonly certificate: Buffer; readonly request: Buffer | null }>;
  readonly trust: ReadonlyMap<string, readonly { readonly name: string; readonly der: Buffer }[]>;
}
