import { UsageError } from '#model/errors.ts';
import type { MachineType } from '#model/names.ts';
import { machineTypes } from '#model/vocabulary.ts';
import { unitsOf } from '#products/units.ts';
import { parseRelease } from '#products/release.ts';

/** The machine type of --machine-type, or null where it was not given. Throws where there is no such type. */
export function machineTypeOf(written: string | undefined): MachineType | null {
  if (written === undefined) return null;
  const type = machineTypes.find((each) => each === written);
  if (type !== undefined) return type;
  throw new UsageError({
    seen: `--machine-type ${written} is no machine type.`,
    matters: 'The rules that apply depend on it.',
    todo: `Write one of ${machineTypes.join(', ')}.`,
  });
}

/** The release of --release, or null where it was not given. Throws where it is none. */
export function releaseOf(written: string | undefined): string | null {
  if (written === undefined || parseRelease(written) !== null) return written ?? null;
  throw new UsageError({
    seen: `--release ${written} is no release.`,
    matters: 'The rules that apply depend on it.',
    todo: 'Write it as Cisco does, for example 12.5(1)SU3.',
  });
}

/** The certificate purpose of --unit, or null where it was not given. Throws where a machine of the type has no such one. */
export function unitOf(written: string | undefined, type: MachineType): string | null {
  if (written === undefined) return null;
  const units = unitsOf(type);
  if (units.includes(written)) return written;
  throw new UsageError({
    seen: `--unit ${written} is no identity or trust store that is documented for ${type === 'TLS_SERVER' ? 'any product' : type}.`,
    matters: 'Whether a certificate is to be presented or to be trusted depends on it.',
    todo: `Write one of ${units.join('; ')}.`,
  });
}
