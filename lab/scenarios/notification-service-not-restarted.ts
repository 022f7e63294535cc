import { daysFrom } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

const notification = 'Cisco Unified CCX Notification Service';

export const notificationServiceNotRestarted: Scenario = {
  id: 'notification-service-not-restarted',
  title: 'Cisco Tomcat was restarted, the Notification Service was not',
  story:
    'After the renewal of the second node every service was restarted but the Notification Service. Its ports go on with the previous certificate, and clients that were given the new one refuse it.',
  rows: ['L03', 'U02'],
  needs: 'self-signed',
  change: async (lab) => {
    const machine = lab.vos('uccx2');
    await lab.install('uccx2', { notBefore: daysFrom(lab.now(), -300) });
    machine.identity = await lab.issueFor(machine, { notBefore: daysFrom(lab.now(), -2) });
    lab.makeKnown(machine, machine.identity.certificate);
    await machine.load(machine.services.map(({ name }) => name).filter((name) => name !== notification));
  },
  expects: [{ fault: 'ports-present-different-certificates', on: 'UCCX_SUBSCRIBER' }],
};
