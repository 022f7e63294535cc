import type { Step } from '#model/step.ts';
import { isInRange } from '#products/release.ts';
import { cisco } from '#products/sources.ts';
import { isSelfSigned } from '#x509/certificate.ts';
import { defineRemediation } from './define-remediation.ts';
import { waits } from './planning/restart-steps.ts';
import { vosProducts } from './planning/vos-products.ts';

export const presentRsaCertificate = defineRemediation({
  id: 'present-rsa-certificate',
  title: 'Present the RSA certificate in place of the ECDSA one',
  describes:
    'Sets the certificate type of the machine to RSA; it reboots by itself, and every port then presents the RSA identity. Taken back by setting ECDSA again. Cisco says to keep all nodes of a cluster on the same type.',
  fixes: [
    'ecdsa-unsupported',
    'ecdsa-certificate-from-rsa-authority',
    'dual-certificates-differ',
    'self-signed-certificate',
    'ports-present-different-certificates',
  ],
  on: vosProducts,
  sources: [
    cisco.uccxCli('set tls server cert_type'),
    cisco.uccxEcdsa('CSCvb46250'),
    cisco.uccxCertificates('tomcat-ECDSA from 11.5, removed in 11.6'),
  ],
  plan({ machine }, facts) {
    // Before, a release with two certificates presents both.
    const hasCommand = isInRange(machine.release, { from: '12.5(1)SU2' }) === true;
    const ec = facts.identity(machine.id, 'tomcat-ECDSA');
    const rsa = facts.identity(machine.id, 'tomcat');
    // It keeps one identity: which kind that is decides who signs the next one.
    if (!hasCommand || ec === null || rsa === null) return null;
    const isPresented = facts
      .portsPresenting(machine.id, 'tomcat')
      .some((port) => facts.presented(machine.id, port) === ec);
    if (!isPresented) return null;
    const [held, wanted] = [facts.certificate(ec), facts.certificate(rsa)];
    // A self-signed one in the place of another self-signed one would be no gain.
    if (held === null || wanted === null || (isSelfSigned(held) && isSelfSigned(wanted))) return null;
    const steps: Step[] = [
      {
        do: 'set-option',
        via: 'vos',
        on: machine.id,
        option: 'tls server cert_type',
        value: 'rsa',
        outage: 'the machine reboots: everything on it is away, and comes back after some minutes',
      },
      ...waits(machine, ['tomcat'], facts),
    ];
    return {
      title: `Present the RSA certificate on ${machine.id}`,
      steps,
      replaces: [ec],
      keeps: [],
      irreversible: [],
    };
  },
});
