import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { AUTHORITATIVE_ANSWER, decode, encode, type Answer, type Question } from 'dns-packet';
import type { MachineId } from '#model/names.ts';
import type { Place } from '../machines/listen.ts';
import type { LabMachine } from '../machines/machine.ts';

/** What DNS says otherwise than that every machine has its name and its address. */
export interface NameChanges {
  /** Machines that the inventory knows by their names alone. */
  readonly byName: readonly MachineId[];
  /** Names that lead to no address. */
  readonly takenOut: readonly string[];
  /** Address to the name that it leads back to; null for none. */
  readonly pointers: Readonly<Record<string, string | null>>;
}

const none: NameChanges = { byName: [], takenOut: [], pointers: {} };

/** NXDOMAIN of RFC 1035 section 4.1.1. */
const noSuchName = 3;
const secondsToLive = 60;

type Found = readonly Answer[] | 'no such name';

/** The name server of the lab: forward and reverse names of its machines, over UDP. */
export class NameServer {
  changes: NameChanges = none;
  readonly #machines: readonly LabMachine[];
  readonly #wanted: Place;
  #socket: Socket | null = null;

  constructor(machines: readonly LabMachine[], wanted: Place) {
    this.#machines = machines;
    this.#wanted = wanted;
  }

  /** Where it answers: `address:port`. */
  get at(): string {
    const { address, port } = this.#socket?.address() ?? this.#wanted;
    return `${address}:${String(port)}`;
  }

  async start(): Promise<void> {
    const socket = createSocket('udp4');
    this.#socket = socket;
    socket.on('message', (message, { address, port }) => {
      const answer = this.#answer(message);
      if (answer !== null) socket.send(answer, port, address);
    });
    socket.bind({ ...this.#wanted, exclusive: true });
    await once(socket, 'listening');
    // Who asks may be gone before the answer is there.
    socket.on('error', () => undefined);
  }

  /** The address of a name; null where there is none. */
  addressOf(name: string): string | null {
    const wanted = name.toLowerCase();
    if (this.changes.takenOut.includes(wanted)) return null;
    return this.#machines.find(({ fqdn }) => fqdn === wanted)?.address ?? null;
  }

  async stop(): Promise<void> {
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    const gone = once(socket, 'close');
    socket.close();
    await gone;
  }

  /** Null for what is no question. */
  #answer(message: Buffer): Buffer | null {
    let asked: ReturnType<typeof decode>;
    try {
      asked = decode(message);
    } catch {
      return null;
    }
    const question = asked.questions?.[0];
    if (asked.type !== 'query' || question === undefined) return null;
    const found = this.#find(question);
    const isNone = found === 'no such name';
    return encode({
      type: 'response',
      ...(asked.id === undefined ? {} : { id: asked.id }),
      flags: AUTHORITATIVE_ANSWER | (isNone ? noSuchName : 0),
      questions: [question],
      answers: isNone ? [] : [...found],
    });
  }

  #find({ name, type }: Question): Found {
    const wanted = name.toLowerCase();
    const common = { name, ttl: secondsToLive };
    const reverse = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\.in-addr\.arpa$/.exec(wanted);
    if (reverse !== null) {
      const names = this.#namesOf(reverse.slice(1).reverse().join('.'));
      if (names.length === 0) return 'no such name';
      return type === 'PTR' ? names.map((data) => ({ ...common, type, data })) : [];
    }
    const address = this.addressOf(wanted);
    if (address === null) return 'no such name';
    return type === 'A' ? [{ ...common, type, data: address }] : [];
  }

  #namesOf(address: string): readonly string[] {
    const pointer = this.changes.pointers[address];
    if (pointer !== undefined) return pointer === null ? [] : [pointer];
    return this.#machines.filter((machine) => machine.address === address).map(({ fqdn }) => fqdn);
  }
}
