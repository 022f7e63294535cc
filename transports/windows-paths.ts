import { ProbeError } from '#model/errors.ts';
import type { Surroundings } from './windows-surroundings.ts';

/** inferred: where ICM is when nothing on the machine tells; the guides print this folder. */
const usualIcm = 'C:\\icm';

/** A path as products write it, `%CVP_HOME%\…` or `<ICM>\…`, as the machine knows it. Throws `ProbeError`. */
export function pathOn({ variables }: Surroundings, path: string): string {
  // Releases of 12.5 without their own Java use that of JAVA_HOME.
  const javaHome = variables.get('CCE_JAVA_HOME') ?? variables.get('JAVA_HOME');
  return path.replace('<ICM>', icmFolder(variables.get('Path') ?? '')).replace(/%(\w+)%/g, (_all, name: string) => {
    const value = name === 'CCE_JAVA_HOME' ? javaHome : variables.get(name);
    if (value !== undefined) return value.replace(/\\+$/, '');
    throw new ProbeError({ reason: 'unexpected-answer', to: `%${name}%`, answer: 'the variable is not set' });
  });
}

/** The installer puts the programs of ICM on the path. */
function icmFolder(path: string): string {
  const programs = path.split(';').find((folder) => /^[a-z]:\\(.*\\)?icm\\bin\\?$/i.test(folder));
  return programs?.replace(/\\bin\\?$/i, '') ?? usualIcm;
}
