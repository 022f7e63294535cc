/** The text value of this name in what `reg query KEY /v NAME` printed; null where it printed none. */
export function valueIn(output: string, name: string): string | null {
  for (const line of output.split('\n')) {
    const [, found, value] = /^\s+(\S+)\s+REG_\w+\s+(.*?)\s*$/.exec(line) ?? [];
    if (found?.toLowerCase() === name.toLowerCase()) return value ?? null;
  }
  return null;
}
