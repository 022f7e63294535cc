import type { Scenario } from '#lab/scenario.ts';

/** IIS of the AW goes on with another certificate than the one that is bound to it. */
export const boundAndNotTakenUp = {
  id: 'bound-and-not-taken-up',
  needs: 'any',
  deployment: 'PCCE',
  async change(lab) {
    const iis = lab.windows('aw1').port(443);
    const before = iis.presents;
    await lab.installOnWindows('aw1', 'IIS', {});
    await iis.present(before);
  },
} as const satisfies Pick<Scenario, 'id' | 'needs' | 'deployment' | 'change'>;
