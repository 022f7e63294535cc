import { cpSync, existsSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The folders of what a browser showed, and the names that uccert gives files there: pages by place, results as allure-js-commons does. */
const seen: Readonly<Record<string, RegExp>> = {
  screenshots: /^[\w.-]+-\d+-[\w.-]+\.png$/,
  traces: /^[\w.-]+-\d+-[\w.-]+(?:\.zip|-console\.txt|-failed-requests\.txt)$/,
  'allure-results':
    /^(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}-(?:result|container|attachment)(?:\.\w+)?|environment\.properties|(?:categories|executor)\.json)$/,
};

function isSame(one: string, other: string): boolean {
  return existsSync(one) && existsSync(other) && realpathSync(one) === realpathSync(other);
}

/** Copies what a browser showed from folder to folder, in place of what an earlier run left there: the two would be taken for one. */
export function putSeenFiles(from: string, to: string): void {
  // What lies there already would be taken away before it is copied.
  if (isSame(from, to)) return;
  for (const [name, written] of Object.entries(seen)) {
    const folder = join(to, name);
    const left = existsSync(folder) ? readdirSync(folder).filter((file) => written.test(file)) : [];
    for (const file of left) rmSync(join(folder, file));
    if (existsSync(join(from, name))) cpSync(join(from, name), folder, { recursive: true });
  }
}
