import { refuse, refuseUnit, commands } from './command.ts';

const none = 'No Certificate Sign Request available for display';

export const requestCommands = commands(
  {
    line: /^set csr gen (?<unit>\S+)$/,
    run: async (session, { unit = '' }) => {
      const { machine, terminal } = session;
      const known = machine.units.get(unit);
      if (known === undefined) {
        refuseUnit(session, unit);
        return;
      }
      if (machine.manners.requestAsksForUnit) await terminal.ask('Include OU in CSR (yes|no)? ');
      await machine.newRequest(known);
      terminal.print(`Successfully Generated CSR for ${unit}.`);
    },
  },
  {
    line: /^show csr list( own)?$/,
    run: ({ machine, terminal }) => {
      const waiting = machine.units.all.filter(({ request }) => request !== null);
      for (const { name } of waiting) terminal.print(`${name}/${name}.csr`);
      if (waiting.length === 0) terminal.print(none);
    },
  },
  {
    line: /^show csr own (?<unit>[\w-]+)(\/\S+\.csr)?$/,
    run: async (session, { unit = '' }) => {
      const request = session.machine.units.get(unit)?.request ?? null;
      if (request !== null) return session.terminal.show(request.pem.trimEnd());
      refuse(session, none); // inferred: the same words as the list
    },
  },
);
