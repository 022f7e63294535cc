import { accessSync, constants, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requestToPem } from '#model/pem.ts';
import type { CertificationAuthority } from './authority.ts';

/** Endings under which the answer may come: what authorities and mail programs call such files. */
const endings = ['.pem', '.cer', '.crt', '.p7b', '.der'] as const;

/** People carry the request to the authority and bring its answer back, into one folder. */
export function manualAuthority(folder: string): CertificationAuthority {
  return {
    ask({ der, name, fqdn, isNameless }) {
      mkdirSync(folder, { recursive: true });
      const file = join(folder, `${name}.csr`);
      const pem = requestToPem(der);
      if (!existsSync(file) || readFileSync(file, 'utf8') !== pem) writeFileSync(file, pem);
      // Who brings another answer may bring it under another ending, and leave the first where it is.
      const [answer] = endings
        .map((ending) => join(folder, `${name}${ending}`))
        .filter((path) => existsSync(path))
        .sort((left, right) => statSync(right).mtimeMs - statSync(left).mtimeMs);
      if (answer !== undefined)
        return Promise.resolve({ status: 'answered', file: readFileSync(answer), path: answer });
      const forWhom = isNameless
        ? ` for ${fqdn}: the request names nothing, its answer must name that in subjectAltName`
        : '';
      const awaits = `Have ${file} signed${forWhom}, and put the answer beside it as ${name}.pem (or ${endings.slice(1).join(', ')})`;
      return Promise.resolve({ status: 'waiting', ticket: file, awaits });
    },
    reach() {
      if (existsSync(folder)) accessSync(folder, constants.R_OK | constants.W_OK);
      return Promise.resolve();
    },
  };
}
