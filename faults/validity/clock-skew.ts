import { rfc } from '#model/rfc.ts';
import { cisco } from '#products/sources.ts';
import { absent, defineFault, present } from '../define-fault.ts';
import { instant } from '../words.ts';

/** Kerberos and most SAML partners take five minutes. */
const mostSeconds = 300;
const day = 86_400;

export const clockSkew = defineFault({
  id: 'clock-skew',
  category: 'validity',
  title: 'The clock of the machine is wrong',
  titleAbsent: 'The clock of the machine is right',
  symptom:
    'Where single sign-on is used it fails, new certificates are "not yet valid" on one machine only, and the times of logs do not fit together.',
  cause: 'The machine lost its time servers, or the host it runs on sets its clock.',
  advice:
    'Put right the time servers of the machine (VOS: utils ntp status; Windows: w32tm /monitor), before any certificate is made there.',
  severity: 'minor',
  sources: [rfc(9110, '6.6.1'), cisco.diagnosticFramework('Time of the two hosts', 'inferred')],
  judges: 'clock',
  detect({ endpoint: { machine }, clock: { aheadSeconds, uncertaintySeconds }, presented: { endEntity } }, { now }) {
    const off = Math.abs(aheadSeconds) - uncertaintySeconds;
    if (off <= mostSeconds) return absent;
    const theirs = new Date(now.getTime() + aheadSeconds * 1000);
    const isValid = (at: Date): boolean => at >= endEntity.notBefore && at <= endEntity.notAfter;
    const words = aheadSeconds > 0 ? 'ahead' : 'behind';
    // By its own clock the machine may take for expired what is valid, its own certificate first.
    const isOfWeight = off >= day || isValid(theirs) !== isValid(now);
    return present(
      isOfWeight ? 'major' : 'minor',
      `the clock of ${machine.id} is ${duration(Math.abs(aheadSeconds))} ${words}`,
      {
        'its clock': instant(theirs),
        'the clock here': instant(now),
        'good to': `${String(uncertaintySeconds)} s`,
      },
    );
  },
});

function duration(seconds: number): string {
  if (seconds >= 2 * day) return `${String(Math.round(seconds / day))} days`;
  if (seconds >= 7200) return `${String(Math.round(seconds / 3600))} hours`;
  return `${String(Math.round(seconds / 60))} minutes`;
}
