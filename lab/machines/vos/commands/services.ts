import { refuse, commands } from './command.ts';

export const serviceCommands = commands(
  {
    line: /^utils service list( page)?$/,
    run: async ({ machine, terminal }) => {
      const lines = machine.services.map(({ name, isStarted }) => `${name}[${isStarted ? 'STARTED' : 'STOPPED'}]`);
      terminal.print('Requesting service status, please wait...');
      await terminal.show(lines.join('\n'));
    },
  },
  {
    line: /^utils service (?<verb>restart|start|stop) (?<service>.+)$/,
    run: async (session, { verb, service = '' }) => {
      const { machine, terminal } = session;
      if (!machine.services.some(({ name }) => name === service)) {
        refuse(session, `Service ${service} not found`);
        return; // inferred
      }
      if (verb === 'restart') {
        terminal.print(
          " Don't press Ctrl-c while the service is getting RESTARTED.If Service has not Restarted Properly, execute the same Command Again",
        );
      }
      terminal.print('Service Manager is running');
      if (verb !== 'start') terminal.print(`${service}[STOPPING]`);
      if (verb === 'stop') {
        await machine.stopService(service);
        terminal.print(`${service}[STOPPED]`); // inferred
        return;
      }
      terminal.print(`${service}[STARTING]`);
      await machine.restartService(service);
      terminal.print(`${service}[STARTED]`);
    },
  },
);
