import { randomBytes } from 'node:crypto';
import type { Scenario } from '../scenario.ts';

export const serialNumberTooLong: Scenario = {
  id: 'serial-number-too-long',
  title: 'The serial number is longer than any may be',
  story:
    'CCP was signed by a small authority of the department, a script that takes 32 random octets for a serial number. Browsers take the certificate; strict clients cannot read it.',
  needs: 'signed',
  change: (lab) => lab.install('ccp1', { serialNumber: `5c${randomBytes(31).toString('hex')}` }),
  expects: [{ fault: 'invalid-serial-number', on: 'CCP', ports: 'tomcat' }],
};
