import type { MachineId } from '#model/names.ts';
import type { Built } from './build.ts';
import type { Place } from './machines/listen.ts';
import type { CommandLine } from './machines/machine.ts';

interface Door {
  readonly commandLine: CommandLine;
  readonly place: Place;
}

/** The SSH servers of the machines, each in its place. */
export class CommandLines {
  readonly #doors = new Map<MachineId, Door>();

  constructor({ machines, commandLines, places }: Pick<Built, 'machines' | 'commandLines' | 'places'>) {
    for (const { id, address } of machines) {
      const commandLine = commandLines.get(id);
      const place = places?.get(id)?.get(22) ?? { address, port: 22 };
      if (commandLine !== undefined) this.#doors.set(id, { commandLine, place });
    }
  }

  of(id: MachineId): { readonly place: Place; readonly fingerprint: string } {
    const { place, commandLine } = this.#door(id);
    return { place, fingerprint: commandLine.hostKey.fingerprint };
  }

  async start(id: MachineId): Promise<void> {
    const { place, commandLine } = this.#door(id);
    await commandLine.start(place);
  }

  /** SSH goes down with the machine, and comes back where it was, with the same host key. */
  async follow(id: MachineId, state: 'off' | 'on'): Promise<void> {
    await (state === 'off' ? this.#door(id).commandLine.stop() : this.start(id));
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#doors.values()].map(({ commandLine }) => commandLine.stop()));
  }

  #door(id: MachineId): Door {
    const door = this.#doors.get(id);
    if (door === undefined) throw new RangeError(`the lab has no machine ${id}`);
    return door;
  }
}
