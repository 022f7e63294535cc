export type TlsVersion = '1.0' | '1.1' | '1.2';

/** What is set on a machine and takes effect when it starts again. */
export interface Settings {
  /** Which of the two certificates the ports present: one of them, or both as release 11.5 did. */
  readonly certificateType: 'rsa' | 'ecdsa' | 'both';
  /** The oldest TLS version spoken to clients, and to servers. */
  readonly tlsFloor: { readonly server: TlsVersion; readonly client: TlsVersion };
  /** The domain that it has itself; null: that of its name. */
  readonly domain: string | null;
}

export const asInstalled: Settings = {
  certificateType: 'rsa',
  tlsFloor: { server: '1.2', client: '1.2' },
  domain: null,
};
