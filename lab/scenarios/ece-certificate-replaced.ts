import { daysFrom } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const eceCertificateReplaced: Scenario = {
  id: 'ece-certificate-replaced',
  title: 'ECE got a new certificate that the AW was not told of',
  story:
    'In IIS of the ECE web server a new self-signed certificate was made and bound to https. The AW still holds the previous one: the gadget of ECE does not open in CCE Administration.',
  rows: ['P05', 'P07'],
  needs: 'self-signed',
  deployment: 'PCCE',
  change: (lab) => lab.installOnWindows('ece1', 'IIS', { notBefore: daysFrom(lab.now(), 0) }, 'clients'),
  expects: [{ fault: 'peer-certificate-outdated-in-store', on: 'CCE_AW', store: 'cacerts', presenter: 'ece1' }],
};
