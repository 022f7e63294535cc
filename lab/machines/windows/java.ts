import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** keytool of the machine that runs the lab, or null where there is no Java. */
export function findKeytool(environment: NodeJS.ProcessEnv = process.env): string | null {
  const home = environment['JAVA_HOME'];
  const name = process.platform === 'win32' ? 'keytool.exe' : 'keytool';
  const folders = [
    ...(home === undefined || home === '' ? [] : [join(home, 'bin')]),
    ...(environment['PATH'] ?? '').split(delimiter).filter(Boolean),
  ];
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
