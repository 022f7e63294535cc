import { Failure, type Scope } from './cmdlet.ts';
import { isThing, textOf, type Value } from './values.ts';

function missing(name: string): Failure {
  return new Failure(
    '',
    `Method invocation failed because [System.Object] does not contain a method named '${name}'.`,
    `InvalidOperation: (${name}:String) [], RuntimeException`,
    'MethodNotFound',
  );
}

/** A method of a value: those of objects, and a few of texts and dates. */
export async function callMethod(of: Value, name: string, args: readonly Value[]): Promise<Value> {
  const wanted = name.toLowerCase();
  if (isThing(of)) {
    const method = Object.entries(of.methods ?? {}).find(([each]) => each.toLowerCase() === wanted)?.[1];
    if (method !== undefined) return method(args);
  }
  const [first = null] = args;
  if (of instanceof Date) {
    if (wanted === 'adddays') return new Date(of.getTime() + Number(textOf(first)) * 86_400_000);
    if (wanted === 'addyears') return new Date(of.getTime() + Number(textOf(first)) * 365 * 86_400_000);
    if (wanted === 'touniversaltime') return of;
    if (wanted === 'tostring' && /^[os]$/i.test(textOf(first))) return of.toISOString().replace('Z', '0000Z');
  }
  const text = textOf(of);
  switch (wanted) {
    case 'tostring':
      return text;
    case 'trim':
      return text.trim();
    case 'tolower':
      return text.toLowerCase();
    case 'toupper':
      return text.toUpperCase();
    case 'replace':
      return text.replaceAll(textOf(first), textOf(args[1] ?? null));
    case 'contains':
      return text.includes(textOf(first));
    default:
      throw missing(name);
  }
}

/** A method of a class of .NET: base64, and files as octets. */
export function callStatic({ call }: Scope, type: string, name: string, args: readonly Value[]): Value {
  const { machine, session } = call;
  const [first = null, second = null] = args;
  const content = (value: Value): Uint8Array => (value instanceof Uint8Array ? value : Buffer.from(textOf(value)));
  switch (`${type}::${name}`) {
    case 'convert::tobase64string':
      return Buffer.from(content(first)).toString('base64');
    case 'convert::frombase64string':
      return new Uint8Array(Buffer.from(textOf(first), 'base64'));
    case 'io.file::readallbytes':
      return new Uint8Array(machine.files.read(textOf(first), session.folder));
    case 'io.file::readalltext':
      return machine.files.read(textOf(first), session.folder).toString('utf8');
    case 'io.file::writeallbytes':
    case 'io.file::writealltext':
      machine.files.write(textOf(first), content(second), session.folder);
      return null;
    case 'io.file::exists':
      return machine.files.exists(textOf(first), session.folder);
    case 'environment::getenvironmentvariable':
      return session.variables.get(textOf(first).toUpperCase())?.value ?? null;
    default:
      throw missing(name);
  }
}
