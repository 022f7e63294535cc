import type { Program } from '../program.ts';

/** What may be shut down gracefully, and its service. */
const services: Readonly<Record<string, string>> = {
  callserver: 'Cisco CVP CallServer',
  reportingserver: 'Cisco CVP CallServer', // inferred: the Reporting Server runs in the same service
};

/** service-controller.bat of CVP: asks in this order, then lets calls end and stops the service (PCCE 15.0, Graceful Shutdown). */
export const serviceController: Program = {
  name: 'service-controller',
  run: async ({ machine, io }) => {
    const ask = async (prompt: string, isHidden = false): Promise<string> => {
      io.write(`${prompt}:`);
      return ((await io.readLine(isHidden)) ?? '').trim();
    };
    const address = await ask('CALLSERVER-IP-ADDRESS');
    const user = await ask('CALLSERVER-USERNAME');
    const password = await ask('CALLSERVER-PASSWORD', true);
    const name = (await ask('SERVICE-NAME')).toLowerCase();
    if (name === 'reportingserver') await ask('REPORTINGSERVER-IP-ADDRESS');
    const service = services[name];
    // inferred: all that is said from here on
    if (service === undefined || address === '' || user === '' || password === '') {
      io.error('Invalid input. SERVICE-NAME is callserver or reportingserver.');
      return 1;
    }
    if (!machine.isStarted(service)) {
      io.error(`Unable to connect to the Call Server at ${address}.`);
      return 1;
    }
    await machine.stopService(service);
    io.print(`Graceful shutdown of ${name} completed.`);
    return 0;
  },
};
