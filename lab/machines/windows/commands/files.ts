import { win32 } from 'node:path';
import { PathError } from '../file-system.ts';
import { switchesOf, type Call, type Program } from '../program.ts';

/** `type` and `more`: the latter reads the pipe where no file is named. */
export const type: Program = {
  name: 'type',
  isBuiltIn: true,
  run: (call) => showFiles(call),
};

export const more: Program = {
  name: 'more',
  run: async (call) => {
    if (call.args.length > 0) return showFiles(call);
    call.io.write(await call.io.readAll());
    return 0;
  },
};

function showFiles({ machine, session, args, io }: Call): number {
  if (args.length === 0) {
    io.error('The syntax of the command is incorrect.');
    return 1;
  }
  for (const file of switchesOf(args).others) io.write(machine.files.read(file, session.folder).toString('utf8'));
  return 0;
}

/** `copy`, of one file. It does not ask before it overwrites, as with `/Y`. */
export const copy: Program = {
  name: 'copy',
  isBuiltIn: true,
  run: ({ machine, session, args, io }) => {
    const { others } = switchesOf(args);
    const [from, to = '.'] = others;
    if (from === undefined || others.length > 2) {
      io.error('The syntax of the command is incorrect.');
      return 1;
    }
    const { files } = machine;
    const content = files.read(from, session.folder);
    const isFolder = files.isFolder(to, session.folder);
    const target = isFolder ? `${to}\\${win32.basename(files.absolute(from, session.folder))}` : to;
    if (files.hostPath(from, session.folder) === files.hostPath(target, session.folder)) {
      io.print('The file cannot be copied onto itself.\n        0 file(s) copied.');
      return 1;
    }
    files.write(target, content, session.folder);
    io.print('        1 file(s) copied.');
    return 0;
  },
};

/** `move` and `ren`. */
export const move: Program = {
  name: 'move',
  isBuiltIn: true,
  run: ({ machine, session, args, io }) => {
    const [from, to] = switchesOf(args).others;
    if (from === undefined || to === undefined) {
      io.error('The syntax of the command is incorrect.');
      return 1;
    }
    const target = machine.files.isFolder(to, session.folder) ? `${to}\\${win32.basename(from)}` : to;
    machine.files.rename(from, target, session.folder);
    io.print('        1 file(s) moved.');
    return 0;
  },
};

export const ren: Program = {
  name: 'ren',
  isBuiltIn: true,
  run: ({ machine, session, args, io }) => {
    const [from, to] = args;
    if (from === undefined || to === undefined || /[\\/]/.test(to)) {
      io.error('The syntax of the command is incorrect.');
      return 1;
    }
    const path = machine.files.absolute(from, session.folder);
    machine.files.rename(path, `${win32.dirname(path)}\\${to}`);
    return 0;
  },
};

/** `del`. */
const remove: Program['run'] = ({ machine, session, args, io }) => {
  const { others } = switchesOf(args);
  if (others.length === 0) {
    io.error('The syntax of the command is incorrect.');
    return 1;
  }
  for (const file of others) {
    const path = machine.files.absolute(file, session.folder);
    // cmd says so and does not count it as a failure.
    if (!machine.files.exists(path)) io.error(`Could Not Find ${path}`);
    else if (machine.files.isFolder(path)) throw new PathError('Access is denied.');
    else machine.files.delete(path);
  }
  return 0;
};
export const del: Program = { name: 'del', isBuiltIn: true, run: remove };
export const erase: Program = { name: 'erase', isBuiltIn: true, run: remove };

/** `findstr`: words, or one text with `/c:`; of files or of the pipe. */
export const findstr: Program = {
  name: 'findstr',
  run: async ({ machine, session, args, io }) => {
    const { switches, others } = switchesOf(args);
    const literal = switches.get('c');
    const [words = '', ...files] = literal === undefined ? others : ['', ...others];
    const wanted = literal === undefined ? words.split(' ').filter(Boolean) : [literal];
    const fold = (text: string): string => (switches.has('i') ? text.toLowerCase() : text);
    const text =
      files.length === 0
        ? await io.readAll()
        : files.map((file) => machine.files.read(file, session.folder).toString('utf8')).join('\n');
    const found = text
      .split(/\r?\n/)
      .filter((line) => line !== '' && wanted.some((word) => fold(line).includes(fold(word))) !== switches.has('v'));
    for (const line of found) io.print(line);
    return found.length === 0 ? 1 : 0;
  },
};
