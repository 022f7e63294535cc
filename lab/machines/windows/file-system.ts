import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep, win32 } from 'node:path';

/** What Windows says where a path leads nowhere. The text is that of the system, whoever prints it. */
export class PathError extends Error {
  override readonly name = 'PathError';
}

const noFile = 'The system cannot find the file specified.';
const noPath = 'The system cannot find the path specified.';
const noDrive = 'The system cannot find the drive specified.';
const noNetwork = 'The network path was not found.';
const noName = 'The filename, directory name, or volume label syntax is incorrect.';

/** MAX_PATH: what programs without a manifest of their own take. */
const longestPath = 260;
/** No file of the lab needs more; a session may not fill the disk. */
const largestFile = 4 * 1024 * 1024;

export interface Listed {
  readonly name: string;
  readonly isFolder: boolean;
  readonly size: number;
  readonly changed: Date;
}

/** Drive C: of a machine, kept in one folder of the lab. Names are found whatever their case. Nothing outside of the folder is ever reached. */
export class FileSystem {
  readonly #root: string;

  /** `root`: the folder that is `C:\`. */
  constructor(root: string) {
    this.#root = root;
  }

  /** A path as Windows understands it from a folder; `..` ends at the drive's root, as it does there. */
  absolute(path: string, from = 'C:\\'): string {
    const plain = path.replaceAll('"', '').trim();
    if (/^[\\/]{2}/.test(plain)) throw new PathError(noNetwork);
    const drive = /^([a-z]):/i.exec(plain)?.[1];
    if (drive !== undefined && drive.toLowerCase() !== 'c') throw new PathError(noDrive);
    const rest = drive === undefined ? plain : plain.slice(2);
    // A control character ends a path on some systems and is a name on others: here it is neither.
    if (/[<>:|?*\u0000-\u001f]/.test(rest) || plain === '') throw new PathError(noName);
    const whole = win32.normalize(/^[\\/]/.test(rest) ? rest : win32.join(from.slice(2), rest));
    const parts = whole.split('\\').filter((part) => part !== '' && part !== '.' && part !== '..');
    const result = `C:\\${parts.map((part) => part.replace(/[. ]+$/, '')).join('\\')}`;
    if (result.length > longestPath) throw new PathError('The filename or extension is too long.');
    return result;
  }

  /** Where a path lies on the machine that runs the lab; for programs that are run for real. */
  hostPath(path: string, from?: string): string {
    let host = this.#root;
    for (const part of this.absolute(path, from).slice(3).split('\\').filter(Boolean)) {
      const own = join(host, part);
      const alike = existsSync(own) ? part : this.#alike(host, part);
      host = join(host, alike ?? part);
      // Nothing here makes links; one that somebody put there would lead out of the folder.
      if (existsSync(host) && lstatSync(host).isSymbolicLink()) throw new PathError('Access is denied.');
    }
    return host;
  }

  #alike(folder: string, name: string): string | undefined {
    if (!existsSync(folder)) return undefined;
    return readdirSync(folder).find((each) => each.toLowerCase() === name.toLowerCase());
  }

  /** Host paths in a text become those of the machine. */
  asSeen(text: string): string {
    return text
      .split(this.#root)
      .map((part, at) => {
        if (at === 0) return part;
        const end = /["'\s,>]/.exec(part)?.index ?? part.length;
        return `C:${part.slice(0, end).replaceAll(sep, '\\') || '\\'}${part.slice(end)}`;
      })
      .join('');
  }

  exists(path: string, from?: string): boolean {
    return existsSync(this.hostPath(path, from));
  }

  isFolder(path: string, from?: string): boolean {
    const host = this.hostPath(path, from);
    return existsSync(host) && statSync(host).isDirectory();
  }

  read(path: string, from?: string): Buffer {
    const host = this.hostPath(path, from);
    if (!existsSync(dirname(host))) throw new PathError(noPath);
    if (!existsSync(host)) throw new PathError(noFile);
    if (statSync(host).isDirectory()) throw new PathError('Access is denied.');
    return readFileSync(host);
  }

  write(path: string, content: string | Uint8Array, from?: string): void {
    const host = this.hostPath(path, from);
    if (!existsSync(dirname(host))) throw new PathError(noPath);
    if (existsSync(host) && statSync(host).isDirectory()) throw new PathError('Access is denied.');
    if (content.length > largestFile) throw new PathError('There is not enough space on the disk.');
    writeFileSync(host, content, { mode: 0o600 });
  }

  /** Writes a file and the folders above it. */
  install(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(this.hostPath(path)), { recursive: true, mode: 0o700 });
    this.write(path, content);
  }

  makeFolder(path: string, from?: string): void {
    mkdirSync(this.hostPath(path, from), { recursive: true, mode: 0o700 });
  }

  delete(path: string, from?: string): void {
    if (!this.exists(path, from)) throw new PathError(noFile);
    rmSync(this.hostPath(path, from), { recursive: true });
  }

  rename(path: string, to: string, from?: string): void {
    if (!this.exists(path, from)) throw new PathError(noFile);
    renameSync(this.hostPath(path, from), this.hostPath(to, from));
  }

  list(path: string, from?: string): readonly Listed[] {
    const host = this.hostPath(path, from);
    if (!existsSync(host)) throw new PathError(noFile);
    const one = (name: string, at: string): Listed => {
      const { size, mtime } = statSync(at);
      return { name, isFolder: statSync(at).isDirectory(), size, changed: mtime };
    };
    if (!statSync(host).isDirectory()) return [one(win32.basename(this.absolute(path, from)), host)];
    return readdirSync(host)
      .sort((left, right) => left.localeCompare(right))
      .map((name) => one(name, join(host, name)));
  }

  /** Every file with what it holds, to come back to. */
  snapshot(): ReadonlyMap<string, Buffer> {
    if (!existsSync(this.#root)) return new Map();
    const files = readdirSync(this.#root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return new Map(
      files.map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [relative(this.#root, path), readFileSync(path)];
      }),
    );
  }

  /** Makes the drive hold exactly the files of a snapshot. */
  restore(snapshot: ReadonlyMap<string, Buffer>): void {
    const now = this.snapshot();
    for (const path of now.keys()) if (!snapshot.has(path)) rmSync(join(this.#root, path));
    for (const [path, content] of snapshot) {
      if (now.get(path)?.equals(content) === true) continue;
      mkdirSync(dirname(join(this.#root, path)), { recursive: true, mode: 0o700 });
      writeFileSync(join(this.#root, path), content, { mode: 0o600 });
    }
  }

  clear(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }
}
