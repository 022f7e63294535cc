import { hash } from 'node:crypto';
import type { Authority } from '../authority.ts';
import type { LabMachine } from '../machines/machine.ts';
import { NameServer } from './name-server.ts';
import { ScriptTarget } from './script-target.ts';
import { RevocationList } from './revocation-list.ts';

/**
 * What a lab has beside its machines: names, the list of what the CA revoked, a server that scripts call, and files that
 * somebody left for an operator.
 */
export class Surroundings {
  readonly names: NameServer;
  /** Null where there is no CA. */
  readonly revocations: RevocationList | null;
  readonly scriptTarget: ScriptTarget;
  /** Name to content, written below the lab's folder. */
  files: ReadonlyMap<string, Buffer> = new Map();
  /** Links that somebody set TLS up for, ids of relations: the inventory names them. */
  secured: readonly string[] = [];

  constructor(wanted: {
    readonly machines: readonly LabMachine[];
    readonly authority: Authority | null;
    readonly now: () => Date;
    /** The first two parts of the lab's addresses; null where free ports of 127.0.0.1 stand in. */
    readonly prefix: string | null;
  }) {
    const { machines, authority, now, prefix } = wanted;
    const place = (host: number, port: number): { address: string; port: number } =>
      prefix === null ? { address: '127.0.0.1', port: 0 } : { address: `${prefix}.0.${String(host)}`, port };
    this.names = new NameServer(machines, place(6, 53));
    this.scriptTarget = new ScriptTarget(place(7, 443).address, prefix === null, now);
    this.revocations = authority === null ? null : new RevocationList(authority, place(5, 80), now);
  }

  async start(): Promise<void> {
    await Promise.all([this.names.start(), this.revocations?.start()]);
  }

  async stop(): Promise<void> {
    await Promise.all([this.names.stop(), this.revocations?.stop(), this.scriptTarget.close()]);
  }

  /** What is returned brings it back to how it is now. */
  remember(): () => Promise<void> {
    const { files, revocations, secured } = this;
    const { changes } = this.names;
    const revoked = revocations?.revoked;
    const presents = this.scriptTarget.remember();
    return async () => {
      this.files = files;
      this.secured = secured;
      this.names.changes = changes;
      if (revocations !== null && revoked !== undefined) revocations.revoked = revoked;
      await presents();
    };
  }

  get digest(): object {
    return {
      names: this.names.changes,
      calledByScripts: this.scriptTarget.place === null ? [] : [this.scriptTarget.id],
      revoked: this.revocations?.revoked.map(({ certificate }) => certificate.serialNumber) ?? [],
      secured: this.secured,
      files: Object.fromEntries([...this.files].map(([name, bytes]) => [name, hash('sha256', bytes)])),
    };
  }
}
