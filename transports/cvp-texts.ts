/**
 * The password of the key store in conf\security.properties, up to 12.6(1) as it is (Configuration Guide for Cisco Unified
 * CVP 12.5(1), Unified CVP Security); null where the file names none.
 */
export function passwordInProperties(text: string): string | null {
  return /^\s*Security\.keystorePW\s*=\s*(.+?)\s*$/m.exec(text)?.[1] ?? null;
}

/** What DecryptKeystoreUtil.bat prints, from 12.6(2) on; null where it printed nothing. */
export function passwordPrinted(output: string): string | null {
  // inferred: that the password stands alone in the last line
  const last = output.trim().split('\n').at(-1)?.trim() ?? '';
  return last === '' ? null : last;
}
