/** Products whose identities lie in the key store of CVP. */
export const cvpProducts = ['cvp', 'cvp-reporting', 'cvp-oamp'] as const;

/** Products with Diagnostic Framework Portico. */
export const porticoProducts = ['cce-aw', 'cce-central-controller', 'cce-pg'] as const;

/** Products on Windows with key stores of Java: CVP, and the hosts of CCE with their cacerts. */
export const javaProducts = [...cvpProducts, ...porticoProducts] as const;

/** Products whose machines run Windows. */
export const windowsProducts = [...javaProducts, 'ece'] as const;
