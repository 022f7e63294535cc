import type { Program } from '../program.ts';

const webServer = 'World Wide Web Publishing Service';

export const iisreset: Program = {
  name: 'iisreset',
  run: async ({ machine, io }) => {
    io.print('\nAttempting stop...');
    if (machine.isStarted(webServer)) await machine.stopService(webServer);
    io.print('Internet services successfully stopped');
    io.print('Attempting start...');
    await machine.load([webServer]);
    io.print('Internet services successfully restarted');
    return 0;
  },
};
