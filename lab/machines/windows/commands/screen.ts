import type { Program } from '../program.ts';

/** `echo`: what stands behind it as it stands; `echo.` is an empty line. */
export const echo: Program = {
  name: 'echo',
  isBuiltIn: true,
  run: ({ line, io }) => {
    const text = line.replace(/^[.:(]/, '');
    if (text.trim() === '' && !/^[.:(]/.test(line)) io.print('ECHO is on.');
    else if (!/^\s*(on|off)\s*$/i.test(line)) io.print(text);
    return 0;
  },
};

/** `set`: lists variables, those with a prefix, or sets one. */
export const set: Program = {
  name: 'set',
  isBuiltIn: true,
  run: ({ session, line, io }) => {
    const typed = line.trim().replace(/^"(.*)"[^"]*$/, '$1');
    const assigned = /^([^=]+)=(.*)$/s.exec(typed);
    if (assigned?.[1] !== undefined) {
      const [, name, value = ''] = assigned;
      if (value === '') session.variables.delete(name.toUpperCase());
      else session.variables.set(name.toUpperCase(), { name, value });
      return 0;
    }
    const found = [...session.variables.values()]
      .filter(({ name }) => name.toUpperCase().startsWith(typed.toUpperCase()))
      .sort((left, right) => left.name.localeCompare(right.name));
    for (const { name, value } of found) io.print(`${name}=${value}`);
    if (found.length > 0) return 0;
    io.error(`Environment variable ${typed} not defined`);
    return 1;
  },
};

export const ver: Program = {
  name: 'ver',
  isBuiltIn: true,
  run: ({ io }) => {
    io.print('\nMicrosoft Windows [Version 10.0.17763.5329]');
    return 0;
  },
};

export const cls: Program = { name: 'cls', isBuiltIn: true, run: () => 0 };
export const rem: Program = { name: 'rem', isBuiltIn: true, run: () => 0 };

/** `exit` in the middle of a line; at the prompt the shell itself ends. */
export const exit: Program = {
  name: 'exit',
  isBuiltIn: true,
  run: ({ args }) => Number(args.find((arg) => /^\d+$/.test(arg)) ?? 0),
};

export const hostname: Program = {
  name: 'hostname',
  run: ({ machine, io }) => {
    io.print(machine.fqdn.split('.')[0] ?? machine.id);
    return 0;
  },
};

export const whoami: Program = {
  name: 'whoami',
  run: ({ machine, io }) => {
    io.print(`${machine.fqdn.split('.')[0] ?? machine.id}\\administrator`);
    return 0;
  },
};
