import packageJson from '../package.json' with { type: 'json' };

/** Version of uccert, from its package manifest. */
export const version: string = packageJson.version;
