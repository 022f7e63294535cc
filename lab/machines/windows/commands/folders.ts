import { win32 } from 'node:path';
import type { Listed } from '../file-system.ts';
import { switchesOf, type Program } from '../program.ts';

function isIn(text: string): string {
  return text
    .replaceAll('"', '')
    .replace(/^\s*\/d\s+/i, '')
    .trim();
}

/** `cd`. */
const change: Program['run'] = ({ machine, session, line, io }) => {
  const path = isIn(line);
  if (path === '') {
    io.print(session.folder);
    return 0;
  }
  const folder = machine.files.absolute(path, session.folder);
  if (!machine.files.isFolder(folder)) {
    io.error('The system cannot find the path specified.');
    return 1;
  }
  session.folder = folder;
  return 0;
};
export const cd: Program = { name: 'cd', isBuiltIn: true, run: change };
export const chdir: Program = { name: 'chdir', isBuiltIn: true, run: change };

/** `mkdir`. */
const make: Program['run'] = ({ machine, session, args, io }) => {
  for (const path of args) {
    if (machine.files.exists(path, session.folder)) {
      io.error(`A subdirectory or file ${path} already exists.`);
      return 1;
    }
    machine.files.makeFolder(path, session.folder);
  }
  return 0;
};
export const md: Program = { name: 'md', isBuiltIn: true, run: make };
export const mkdir: Program = { name: 'mkdir', isBuiltIn: true, run: make };

/** `dir`, with `/b`. */
export const dir: Program = {
  name: 'dir',
  isBuiltIn: true,
  run: ({ machine, session, args, io }) => {
    const { switches, others } = switchesOf(args);
    const path = machine.files.absolute(others[0] ?? '.', session.folder);
    const isFolder = machine.files.isFolder(path);
    const found = machine.files.exists(path) ? machine.files.list(path) : [];
    if (switches.has('b')) {
      if (found.length === 0 && !isFolder) {
        io.error('File Not Found');
        return 1;
      }
      for (const { name } of found) io.print(name);
      return 0;
    }
    io.print(' Volume in drive C has no label.\n Volume Serial Number is 4C41-4221\n');
    io.print(` Directory of ${isFolder ? path : win32.dirname(path)}\n`);
    if (found.length === 0 && !isFolder) {
      io.error('File Not Found');
      return 1;
    }
    for (const each of found) io.print(entryText(each));
    const files = found.filter((each) => !each.isFolder);
    const octets = files.reduce((sum, { size }) => sum + size, 0).toLocaleString('en-US');
    io.print(`${String(files.length).padStart(16)} File(s) ${octets.padStart(14)} bytes`);
    io.print(`${String(found.length - files.length).padStart(16)} Dir(s)  42,949,672,960 bytes free`);
    return 0;
  },
};

function entryText({ name, isFolder, size, changed }: Listed): string {
  const day = changed.toLocaleDateString('en-US', {
    timeZone: 'UTC',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const time = changed.toLocaleTimeString('en-US', { timeZone: 'UTC', hour: '2-digit', minute: '2-digit' });
  const what = isFolder ? '<DIR>'.padEnd(14) : size.toLocaleString('en-US').padStart(14);
  return `${day}  ${time.replaceAll('\u202f', ' ')}    ${what} ${name}`;
}
