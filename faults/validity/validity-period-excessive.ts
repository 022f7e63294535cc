import { lifetimeLimit, lifetimeSource, policySource } from '#products/public-authorities.ts';
import { rfc } from '#model/rfc.ts';
import { certificateTitle } from '#x509/certificate.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';
import { publicIssue, publicIssueTitle } from '../public-issue.ts';
import { days, instant } from '../words.ts';

const dayMs = 86_400_000;

export const validityPeriodExcessive = defineFault({
  id: 'validity-period-excessive',
  category: 'validity',
  title: 'The certificate is valid for longer than public authorities may issue',
  titleAbsent: 'The certificate is valid for no longer than public authorities may issue',
  symptom: 'Browsers stop with NET::ERR_CERT_VALIDITY_TOO_LONG where they know the root as a public one.',
  cause: 'The authority did not follow the rule of the day of issue, or an internal authority asserts a public policy.',
  advice:
    'Have the certificate issued again with the validity period that is allowed now, and plan renewals as often as the rule will demand.',
  severity: 'major',
  sources: [lifetimeSource, policySource, rfc(5280, '4.1.2.5')],
  judges: 'presented',
  detect({ presented, clients }) {
    const issue = publicIssue(presented, clients);
    if (issue === null) return notApplicable('the certificate is not from a public authority: its own rules hold');
    const { endEntity } = presented;
    const limit = lifetimeLimit(endEntity.notBefore);
    if (limit === null) return notApplicable('it was issued before the first of these rules');
    // Both ends belong to the period, which makes it a second longer than their difference.
    const seconds = (endEntity.notAfter.getTime() - endEntity.notBefore.getTime()) / 1000 + 1;
    if (seconds <= (limit.days * dayMs) / 1000) return absent;
    return present(
      'major',
      `${certificateTitle(endEntity)} is valid for ${days(Math.ceil((seconds * 1000) / dayMs))}; issued since ${limit.from}, it may be ${days(limit.days)}`,
      {
        notBefore: instant(endEntity.notBefore),
        notAfter: instant(endEntity.notAfter),
        'public because': publicIssueTitle(issue),
      },
      endEntity.sha256,
    );
  },
});
