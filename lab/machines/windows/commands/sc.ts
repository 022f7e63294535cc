import type { ServiceNames } from '../services.ts';
import { namesOfService } from '../services.ts';
import type { Program } from '../program.ts';

const states = {
  running: ['4  RUNNING', '(STOPPABLE, NOT_PAUSABLE, ACCEPTS_SHUTDOWN)'],
  stopped: ['1  STOPPED', ''],
  stopping: ['3  STOP_PENDING', '(STOPPABLE, NOT_PAUSABLE, ACCEPTS_SHUTDOWN)'],
  starting: ['2  START_PENDING', '(NOT_STOPPABLE, NOT_PAUSABLE, IGNORES_SHUTDOWN)'],
} as const;

function block({ key, display }: ServiceNames, state: keyof typeof states, withDisplay = false): string {
  const [words, accepts] = states[state];
  return [
    '',
    `SERVICE_NAME: ${key} `,
    ...(withDisplay ? [`DISPLAY_NAME: ${display}`] : []),
    '        TYPE               : 10  WIN32_OWN_PROCESS  ',
    `        STATE              : ${words} `,
    ...(accepts === '' ? [] : [`                                ${accepts}`]),
    '        WIN32_EXIT_CODE    : 0  (0x0)',
    '        SERVICE_EXIT_CODE  : 0  (0x0)',
    '        CHECKPOINT         : 0x0',
    '        WAIT_HINT          : 0x0',
  ].join('\n');
}

/** `sc query`, `start`, `stop`. sc takes the key of a service, not what people read. */
export const sc: Program = {
  name: 'sc',
  run: async ({ machine, args, io }) => {
    const [verb = '', key] = args;
    const asked = verb.toLowerCase();
    if (!['query', 'start', 'stop'].includes(asked)) {
      io.print(
        `\n*** Unrecognized Command ***\nDESCRIPTION:\n        SC is a command line program used for communicating with the\n        Service Control Manager and services.`,
      );
      return 1639;
    }
    if (asked === 'query' && key === undefined) {
      const running = machine.services.filter(({ isStarted }) => isStarted);
      for (const { name } of running) io.print(block(namesOfService(name), 'running', true));
      return 0;
    }
    const named = machine.service(key ?? '');
    const found = named?.key.toLowerCase() === key?.toLowerCase() ? named : undefined;
    const fails = (what: string, code: number, words: string): number => {
      io.print(`[SC] ${what} FAILED ${String(code)}:\n\n${words}\n`);
      return code;
    };
    if (found === undefined) {
      const what = asked === 'query' ? 'EnumQueryServicesStatus:OpenService' : 'OpenService';
      return fails(what, 1060, 'The specified service does not exist as an installed service.');
    }
    const isStarted = machine.isStarted(found.service);
    if (asked === 'query') io.print(block(found, isStarted ? 'running' : 'stopped'));
    else if (asked === 'stop') {
      if (!isStarted) return fails('ControlService', 1062, 'The service has not been started.');
      await machine.stopService(found.service);
      io.print(block(found, 'stopping'));
    } else {
      if (isStarted) return fails('StartService', 1056, 'An instance of the service is already running.');
      await machine.load([found.service]);
      io.print(block(found, 'starting'));
    }
    return 0;
  },
};
