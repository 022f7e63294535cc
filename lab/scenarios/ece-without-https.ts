import type { Scenario } from '../scenario.ts';

export const eceWithoutHttps: Scenario = {
  id: 'ece-without-https',
  title: 'The web server of ECE has no https',
  story:
    'The web server of ECE was installed anew. Nobody made a certificate for it, and its site has no binding for https: the gadget for chat and e-mail stays empty.',
  rows: ['P05'],
  needs: 'any',
  deployment: 'PCCE',
  change: async (lab) => {
    const ece = lab.windows('ece1');
    const thumbprint = ece.bindings.at(443)?.hash ?? '';
    await ece.setHttpsSite(false);
    await ece.unbind(443);
    ece.certificateStore.delete('My', thumbprint);
  },
  expects: [{ fault: 'service-not-listening', on: 'ECE', ports: [443] }],
};
