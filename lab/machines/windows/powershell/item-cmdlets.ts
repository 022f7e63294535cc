import { PathError, type FileSystem } from '../file-system.ts';
import { storeNames } from '../certificate-store.ts';
import { Failure, subjects, type Cmdlet, type Invocation } from './cmdlet.ts';
import { certificatePath, certificateThing, fileThing, isThing, propertyOf, textOf, type Value } from './values.ts';

function missing({ name }: Invocation, path: string): Failure {
  return new Failure(
    name,
    `Cannot find path '${path}' because it does not exist.`,
    `ObjectNotFound: (${path}:String) [${name}], ItemNotFoundException`,
    `PathNotFound,Microsoft.PowerShell.Commands.${name.replace('-', '')}Command`,
  );
}

function paths(invocation: Invocation): string[] {
  const values = subjects(invocation, 'path', 'literalpath', 'filepath');
  return values.map((value) =>
    textOf(isThing(value) ? (propertyOf(value, 'PSPath') ?? propertyOf(value, 'FullName')) : value),
  );
}

/** The files, or the failure that names the path. */
function onFiles<T>(invocation: Invocation, path: string, work: (files: FileSystem, from: string) => T): T {
  const { machine, session } = invocation.scope.call;
  try {
    return work(machine.files, session.folder);
  } catch (error) {
    if (error instanceof PathError) throw missing(invocation, path);
    throw error;
  }
}

function children(invocation: Invocation, path: string): Value[] {
  const { machine } = invocation.scope.call;
  const place = certificatePath(path);
  if (place === null) {
    return onFiles(invocation, path, (files, from) =>
      files.list(path, from).map((listed) => fileThing(listed, files.absolute(path, from))),
    );
  }
  const stores =
    place.store === null && /LocalMachine\\*$/i.test(path) ? storeNames : place.store === null ? [] : [place.store];
  if (stores.length === 0) throw missing(invocation, path);
  const found = stores.flatMap((store) =>
    machine.certificateStore.items(store).map((item) => certificateThing(item, store)),
  );
  if (place.thumbprint === null) return found;
  const wanted = place.thumbprint.toUpperCase();
  const one = found.filter((thing) => thing.properties['Thumbprint'] === wanted);
  if (one.length === 0) throw missing(invocation, path);
  return one;
}

const list: Cmdlet = (invocation) => {
  const named = paths(invocation);
  return (named.length === 0 ? ['.'] : named).flatMap((path) => children(invocation, path));
};

/** Get-ItemProperty of the registry: one value by its name. */
const property: Cmdlet = (invocation) => {
  const { parameters, positional, scope } = invocation;
  const [path = ''] = paths(invocation);
  const key = path.replace(/^Registry::/i, '').replace(/^HKLM:\\?/i, 'HKLM\\');
  const values = scope.call.machine.registry.values(key);
  if (values === undefined) throw missing(invocation, path);
  const name = textOf(parameters.get('name') ?? positional[1] ?? '');
  const all = Object.fromEntries(values);
  const shown = name === '' ? all : { [name]: scope.call.machine.registry.get(key, name) ?? null };
  return [{ type: 'selection', columns: Object.keys(shown), properties: shown }];
};

/** Files and certificates by their paths. */
export const items: Readonly<Record<string, Cmdlet>> = {
  'Get-ChildItem': list,
  'Get-Item': list,
  'Get-ItemProperty': property,

  'Get-ItemPropertyValue': async (invocation) =>
    (await property(invocation)).flatMap((value) => (isThing(value) ? Object.values(value.properties) : [])),

  'Test-Path': (invocation) => [
    paths(invocation).every((path) => {
      try {
        if (certificatePath(path) === null) return onFiles(invocation, path, (files, from) => files.exists(path, from));
        children(invocation, path);
        return true;
      } catch {
        return false;
      }
    }),
  ],

  'Remove-Item': (invocation) => {
    const { machine } = invocation.scope.call;
    for (const path of paths(invocation)) {
      const place = certificatePath(path);
      if (place === null) onFiles(invocation, path, (files, from) => files.delete(path, from));
      else if (
        place.store === null ||
        place.thumbprint === null ||
        !machine.certificateStore.delete(place.store, place.thumbprint)
      )
        throw missing(invocation, path);
    }
    return [];
  },

  'Get-Content': (invocation) =>
    paths(invocation).flatMap((path): Value[] => {
      const content = onFiles(invocation, path, (files, from) => files.read(path, from));
      if (/^byte$/i.test(textOf(invocation.parameters.get('encoding') ?? ''))) return [new Uint8Array(content)];
      const text = content.toString('utf8');
      return invocation.parameters.has('raw') ? [text] : text.replace(/\r?\n$/, '').split(/\r?\n/);
    }),

  'Set-Content': (invocation) => {
    const { input, parameters, positional, scope } = invocation;
    const path = textOf(parameters.get('path') ?? positional[0] ?? '');
    const value = input.length > 0 ? input : (parameters.get('value') ?? positional[1] ?? '');
    const lines = (Array.isArray(value) ? (value as readonly Value[]) : [value]).map(textOf);
    const end = parameters.has('nonewline') ? '' : '\r\n';
    onFiles(invocation, path, (files) => files.write(path, `${lines.join('\r\n')}${end}`, scope.call.session.folder));
    return [];
  },

  'Copy-Item': (invocation) => {
    const { parameters, positional } = invocation;
    const path = textOf(parameters.get('path') ?? positional[0] ?? '');
    const to = textOf(parameters.get('destination') ?? positional[1] ?? '');
    onFiles(invocation, path, (files, from) => files.write(to, files.read(path, from), from));
    return [];
  },

  'Set-Location': (invocation) => {
    const { session } = invocation.scope.call;
    const [path = ''] = paths(invocation);
    session.folder = onFiles(invocation, path, (files, from) => {
      if (!files.isFolder(path, from)) throw new PathError(path);
      return files.absolute(path, from);
    });
    return [];
  },
};
