import ssh, { type Attributes, type FileEntry, type SFTPWrapper } from 'ssh2';
import { PathError, type FileSystem, type Listed } from './file-system.ts';

const { OPEN_MODE, STATUS_CODE } = ssh.utils.sftp;

/** As much as the drive takes of one file. */
const largestFile = 4 * 1024 * 1024;
const mostHandles = 64;

type Handle =
  | { readonly of: 'file'; readonly path: string; content: Buffer; hasChanged: boolean }
  | { readonly of: 'folder'; readonly entries: readonly FileEntry[]; isRead: boolean };

/** A failure with its code in the protocol. */
class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: number;

  constructor(code: number) {
    super(`refused with ${String(code)}`);
    this.code = code;
  }
}

/** `/C:/Users/a` of the protocol as `C:\Users\a`. A relative path begins in the folder of the administrator. */
function windowsPath(files: FileSystem, path: string): string {
  const plain = /^\/[a-z]:/i.test(path) ? path.slice(1) : path;
  return files.absolute(plain === '' ? '.' : plain, 'C:\\Users\\Administrator');
}

function attributesOf({ isFolder, size, changed }: Listed): Attributes {
  const seconds = Math.floor(changed.getTime() / 1000);
  return { mode: isFolder ? 0o040777 : 0o100666, uid: 0, gid: 0, size, atime: seconds, mtime: seconds };
}

function entryOf(listed: Listed): FileEntry {
  const longname = `${listed.isFolder ? 'd' : '-'}rw-rw-rw-    1 - - ${String(listed.size)} Jan  1 00:00 ${listed.name}`;
  return { filename: listed.name, longname, attrs: attributesOf(listed) };
}

/** ssh2 has no way for an SFTP server to say how it ended, and scp takes silence for a failure: its own inside is asked. */
function exitWell(sftp: SFTPWrapper): void {
  const { _protocol: protocol, outgoing } = sftp as unknown as {
    readonly _protocol: { exitStatus: (channel: number, code: number) => void };
    readonly outgoing: { readonly id: number; readonly state: string };
  };
  if (outgoing.state === 'open' || outgoing.state === 'eof') protocol.exitStatus(outgoing.id, 0);
}

/** The SFTP subsystem of OpenSSH for Windows, on the drive of a machine: what sftp, and scp of OpenSSH 9, speak. */
export function serveFiles(sftp: SFTPWrapper, files: FileSystem): void {
  const handles = new Map<number, Handle>();
  let next = 0;

  const open = (handle: Handle): Buffer => {
    if (handles.size >= mostHandles) throw new Refused(STATUS_CODE.FAILURE);
    next += 1;
    handles.set(next, handle);
    const id = Buffer.alloc(4);
    id.writeUInt32BE(next);
    return id;
  };
  const held = (id: Buffer): Handle => {
    const handle = id.length === 4 ? handles.get(id.readUInt32BE()) : undefined;
    if (handle === undefined) throw new Refused(STATUS_CODE.FAILURE);
    return handle;
  };
  const heldFile = (id: Buffer): Extract<Handle, { of: 'file' }> => {
    const handle = held(id);
    if (handle.of === 'folder') throw new Refused(STATUS_CODE.FAILURE);
    return handle;
  };
  const listed = (path: string): Listed => {
    const [only] = files.isFolder(path)
      ? [{ name: path, isFolder: true, size: 0, changed: new Date(0) }]
      : files.list(path);
    if (only === undefined) throw new Refused(STATUS_CODE.NO_SUCH_FILE);
    return only;
  };
  /** Answers what was asked, or says why not. */
  const answering =
    <T extends readonly unknown[]>(work: (request: number, ...args: T) => void) =>
    (request: number, ...args: T): void => {
      try {
        work(request, ...args);
      } catch (error) {
        if (error instanceof Refused) sftp.status(request, error.code);
        else if (error instanceof PathError) sftp.status(request, STATUS_CODE.NO_SUCH_FILE, error.message);
        else throw error;
      }
    };
  const done = (request: number): void => sftp.status(request, STATUS_CODE.OK);

  sftp.on('error', () => undefined);
  // The client has no more to ask: without this its program would wait for ours.
  sftp.on('end', () => {
    exitWell(sftp);
    sftp.end();
  });
  sftp.on(
    'OPEN',
    answering((request, name: string, flags: number) => {
      const path = windowsPath(files, name);
      const isNew = (flags & OPEN_MODE.TRUNC) !== 0 || !files.exists(path);
      if (isNew && (flags & OPEN_MODE.WRITE) === 0) throw new Refused(STATUS_CODE.NO_SUCH_FILE);
      if (isNew) files.write(path, '');
      sftp.handle(
        request,
        open({ of: 'file', path, content: isNew ? Buffer.alloc(0) : files.read(path), hasChanged: false }),
      );
    }),
  );
  sftp.on(
    'READ',
    answering((request, id: Buffer, offset: number, length: number) => {
      const { content } = heldFile(id);
      if (offset >= content.length) throw new Refused(STATUS_CODE.EOF);
      sftp.data(request, content.subarray(offset, offset + length));
    }),
  );
  sftp.on(
    'WRITE',
    answering((request, id: Buffer, offset: number, data: Buffer) => {
      const handle = heldFile(id);
      const end = offset + data.length;
      if (end > largestFile) throw new Refused(STATUS_CODE.FAILURE);
      const grown = Buffer.alloc(Math.max(end, handle.content.length));
      handle.content.copy(grown);
      data.copy(grown, offset);
      handle.content = grown;
      handle.hasChanged = true;
      done(request);
    }),
  );
  sftp.on(
    'CLOSE',
    answering((request, id: Buffer) => {
      const handle = held(id);
      handles.delete(id.readUInt32BE());
      if (handle.of === 'file' && handle.hasChanged) files.write(handle.path, handle.content);
      done(request);
    }),
  );
  sftp.on(
    'OPENDIR',
    answering((request, name: string) => {
      const path = windowsPath(files, name);
      if (!files.isFolder(path)) throw new Refused(STATUS_CODE.NO_SUCH_FILE);
      sftp.handle(request, open({ of: 'folder', entries: files.list(path).map(entryOf), isRead: false }));
    }),
  );
  sftp.on(
    'READDIR',
    answering((request, id: Buffer) => {
      const handle = held(id);
      if (handle.of === 'file' || handle.isRead) throw new Refused(STATUS_CODE.EOF);
      handle.isRead = true;
      sftp.name(request, [...handle.entries]);
    }),
  );
  const stat = answering((request, name: string) =>
    sftp.attrs(request, attributesOf(listed(windowsPath(files, name)))),
  );
  sftp.on('STAT', stat);
  sftp.on('LSTAT', stat);
  sftp.on(
    'FSTAT',
    answering((request, id: Buffer) => {
      const { path, content } = heldFile(id);
      sftp.attrs(request, { ...attributesOf(listed(path)), size: content.length });
    }),
  );
  sftp.on(
    'REALPATH',
    answering((request, name: string) => {
      const filename = `/${windowsPath(files, name).replaceAll('\\', '/')}`;
      const attrs = { mode: 0, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 };
      sftp.name(request, [{ filename, longname: filename, attrs }]);
    }),
  );
  sftp.on(
    'REMOVE',
    answering((request, name: string) => {
      const path = windowsPath(files, name);
      if (files.isFolder(path)) throw new Refused(STATUS_CODE.FAILURE);
      files.delete(path);
      done(request);
    }),
  );
  sftp.on(
    'MKDIR',
    answering((request, name: string) => {
      files.makeFolder(windowsPath(files, name));
      done(request);
    }),
  );
  sftp.on(
    'RENAME',
    answering((request, from: string, to: string) => {
      files.rename(windowsPath(files, from), windowsPath(files, to));
      done(request);
    }),
  );
  // Modes and times of other systems mean nothing here.
  sftp.on('SETSTAT', done);
  sftp.on('FSETSTAT', done);
}
