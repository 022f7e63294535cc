import { cisco } from '#products/sources.ts';
import { absent, defineFault, present } from '../define-fault.ts';

export const browserRefuses = defineFault({
  id: 'browser-refuses',
  category: 'trust',
  title: 'The browser does not show the page',
  titleAbsent: 'The browser shows the page',
  symptom: '"Your connection is not private", or the page stays empty.',
  cause: 'The certificate of the port does not satisfy the browser; the findings about that port say why.',
  advice: 'Put right what is found at the same port. Proceeding past the warning is no remedy: HSTS takes it away.',
  severity: 'critical',
  sources: [
    cisco.uccxCertificates('Client applications and certificates'),
    {
      document: 'Chromium source',
      section: 'net/base/net_error_list.h',
      url: 'https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h',
      confidence: 'seen in public code',
      read: '2026-11-22',
    },
  ],
  judges: 'page',
  detect({ listener, page }) {
    if (page.outcome === 'shown') return absent;
    const severity = listener?.audiences.includes('agents') === true ? 'critical' : 'major';
    if (page.outcome === 'refused') {
      return present(
        severity,
        `the browser stopped with ${page.error}`,
        { url: page.url, error: page.error },
        page.certificate ?? undefined,
      );
    }
    return present(severity, `the page is not as documented: ${page.missing}`, {
      url: page.url,
      'not found': page.missing,
    });
  },
});
