import { namesOfService } from '../services.ts';
import type { Program } from '../program.ts';
import type { Io } from '../io.ts';

function failed(io: Io, message: string, help: number): number {
  io.error(`${message}\n\nMore help is available by typing NET HELPMSG ${String(help)}.\n`);
  return 2;
}

/** `net start` and `net stop`, by either name of a service. */
export const net: Program = {
  name: 'net',
  run: async ({ machine, args, io }) => {
    const [verb = '', ...name] = args;
    if (verb === 'start' && name.length === 0) {
      const started = machine.services.filter(({ isStarted }) => isStarted);
      io.print('These Windows services are started:\n');
      for (const { name: each } of started) io.print(`   ${namesOfService(each).display}`);
      io.print('\nThe command completed successfully.\n');
      return 0;
    }
    if (!/^(start|stop)$/i.test(verb)) {
      io.error('The syntax of this command is:\n\nNET\n    [ START | STOP ]\n');
      return 1;
    }
    const found = machine.service(name.join(' '));
    if (found === undefined) return failed(io, 'The service name is invalid.', 2185);
    const { service, display } = found;
    const isStarted = machine.isStarted(service);
    if (verb.toLowerCase() === 'stop') {
      if (!isStarted) return failed(io, `The ${display} service is not started.`, 3521);
      io.print(`The ${display} service is stopping.`);
      await machine.stopService(service);
      io.print(`The ${display} service was stopped successfully.\n`);
      return 0;
    }
    if (isStarted) return failed(io, 'The requested service has already been started.', 2182);
    io.print(`The ${display} service is starting.`);
    await machine.load([service]);
    io.print(`The ${display} service was started successfully.\n`);
    return 0;
  },
};
