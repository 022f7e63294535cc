/** Products on Windows with key stores of Java: CVP, and the hosts of CCE with their cacerts. */
export const javaProducts = ['cvp', 'cvp-reporting', 'cvp-oamp', 'cce-aw', 'cce-central-controller', 'cce-pg'] as const;

/** Products whose machines run Windows. */
export const windowsProducts = [...javaProducts, 'ece'] as const;
