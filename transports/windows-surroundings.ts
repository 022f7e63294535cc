import { ProbeError } from '#model/errors.ts';
import type { WindowsShell } from './windows.ts';

/** Stores of LocalMachine that are read. */
export const windowsStores = ['My', 'Root', 'CA', 'WebHosting'] as const;
export type WindowsStore = (typeof windowsStores)[number];

/** Where programs are, and what the certificate stores of the machine hold. */
export interface Surroundings {
  /** Environment variables by their name; those that are not set are left out. */
  readonly variables: ReadonlyMap<string, string>;
  readonly certificates: readonly { readonly store: WindowsStore; readonly der: Buffer }[];
}

const variables = ['CVP_HOME', 'CCE_JAVA_HOME', 'JAVA_HOME', 'Path', 'TEMP'] as const;
/** Only who has read the whole output has read the whole store. */
const end = 'that is all';

/** One start of PowerShell for everything: it takes the better part of a second. WebHosting is there only with IIS. */
const script = [
  ...variables.map((name) => `"${name}=$env:${name}"`),
  ...windowsStores.map(
    (store) =>
      `gci Cert:\\LocalMachine\\${store} -ErrorAction SilentlyContinue | % { "${store} " + [Convert]::ToBase64String($_.RawData) }`,
  ),
  `"${end}"`,
].join('\n');

/** Reads them. Throws `ProbeError`. */
export async function lookAround(shell: WindowsShell): Promise<Surroundings> {
  const { out, errors } = await shell.powershell(script);
  const lines = out.trimEnd().split('\n');
  if (lines.at(-1) !== end) {
    const answer = (errors.trim() || out.trim()).slice(-300) || 'nothing';
    throw new ProbeError({ reason: 'unexpected-answer', to: 'powershell', answer });
  }
  return {
    variables: new Map(
      variables.flatMap((name) => {
        const value = lines.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1);
        return value === undefined || value === '' ? [] : [[name, value] as const];
      }),
    ),
    certificates: lines.flatMap((line) => {
      const store = windowsStores.find((name) => line.startsWith(`${name} `));
      return store === undefined ? [] : [{ store, der: Buffer.from(line.slice(store.length + 1), 'base64') }];
    }),
  };
}
