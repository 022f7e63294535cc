import type { Program } from '../program.ts';

/** Tells the password of the CVP key store, from 12.6(2) on (CVP 12.6(2), Unified CVP Security). */
export const decryptKeystoreUtil: Program = {
  name: 'decryptkeystoreutil',
  run: ({ machine, io }) => {
    io.print(machine.keyStorePassword); // inferred: that the password stands alone
    return 0;
  },
};
