import { whole } from '../registry.ts';
import type { Program } from '../program.ts';

/** `reg query`. */
export const reg: Program = {
  name: 'reg',
  run: ({ machine, args, io }) => {
    const [verb = '', key = '', ...rest] = args;
    const at = rest.findIndex((arg) => arg.toLowerCase() === '/v');
    const name = at === -1 ? undefined : rest[at + 1];
    if (verb.toLowerCase() !== 'query' || key === '') {
      io.error(`ERROR: Invalid syntax.\nType "REG /?" for usage.`);
      return 1;
    }
    const values = [...(machine.registry.values(key) ?? [])].filter(
      ([each]) => name === undefined || each.toLowerCase() === name.toLowerCase(),
    );
    if (values.length === 0) {
      io.error(`\n\nERROR: The system was unable to find the specified registry key or value.`);
      return 1;
    }
    io.print(`\n${whole(key)}`);
    for (const [each, value] of values) io.print(`    ${each}    REG_SZ    ${value}`);
    io.print();
    return 0;
  },
};
