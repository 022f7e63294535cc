/** What was read is not what the protocol says; `message` names what and where. */
export class Malformation extends Error {
  override readonly name = 'Malformation';
}

/** Reads numbers and vectors off bytes as RFC 8446 section 3 writes them. Never reads past the end: it throws `Malformation`. */
export class Reader {
  readonly #bytes: Buffer;
  readonly #what: string;
  readonly #end: number;
  #at: number;

  constructor(bytes: Buffer, what: string, from = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#what = what;
    this.#at = from;
    this.#end = end;
  }

  get left(): number {
    return this.#end - this.#at;
  }

  take(length: number): Buffer {
    const from = this.#pass(length);
    return this.#bytes.subarray(from, this.#at);
  }

  /** Goes on behind so many bytes; where they begin. */
  #pass(length: number): number {
    if (length > this.left) throw new Malformation(`${this.#what} ends early`);
    this.#at += length;
    return this.#at - length;
  }

  /** An unsigned number of 1 to 4 bytes. Octet by octet: a view of its own for each would cost ten times as much, and a flight has a hundred numbers. */
  number(length: 1 | 2 | 3 | 4): number {
    let value = 0;
    for (let at = this.#pass(length); at < this.#at; at += 1) value = value * 256 + (this.#bytes[at] ?? 0);
    return value;
  }

  /** A vector with its length in front, in 1 to 3 bytes. */
  vector(lengthBytes: 1 | 2 | 3): Buffer {
    return this.take(this.number(lengthBytes));
  }

  /** The same, as a reader of its own. */
  inner(lengthBytes: 1 | 2 | 3): Reader {
    const from = this.#pass(this.number(lengthBytes));
    return new Reader(this.#bytes, this.#what, from, this.#at);
  }

  /** The same, passed over. */
  skip(lengthBytes: 1 | 2 | 3): void {
    this.#pass(this.number(lengthBytes));
  }

  rest(): Buffer {
    return this.take(this.left);
  }
}

/** An unsigned number in so many bytes. */
export function number(value: number, length: 1 | 2 | 3): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  bytes.writeUIntBE(value, 0, length);
  return bytes;
}

/** A vector with its length in front. */
export function vector(lengthBytes: 1 | 2 | 3, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([number(content.length, lengthBytes), content]);
}

/** Writes what `Reader` reads, into one piece of memory: a message of a hundred small buffers costs more than all else that a look computes. */
export class Writer {
  #bytes: Buffer;
  #length = 0;

  /** `room`: bytes to begin with; more is made where they do not suffice. */
  constructor(room: number) {
    this.#bytes = Buffer.allocUnsafe(room);
  }

  number(value: number, length: 1 | 2 | 3): this {
    this.#room(length);
    this.#write(value, this.#length, length);
    this.#length += length;
    return this;
  }

  bytes(part: Uint8Array): this {
    this.#room(part.length);
    this.#bytes.set(part, this.#length);
    this.#length += part.length;
    return this;
  }

  /** What `write` writes, with its length in front. */
  vector(lengthBytes: 1 | 2 | 3, write: () => void): this {
    const from = this.number(0, lengthBytes).#length;
    write();
    this.#write(this.#length - from, from - lengthBytes, lengthBytes);
    return this;
  }

  /** Octet by octet: Node looks closely at what it is given, and a ClientHello has a hundred numbers. */
  #write(value: number, at: number, length: number): void {
    for (let place = 0; place < length; place += 1) this.#bytes[at + place] = value >>> (8 * (length - 1 - place));
  }

  /** All that was written; the writer is done with. */
  end(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  #room(length: number): void {
    if (this.#length + length > this.#bytes.length)
      this.#bytes = Buffer.concat([this.#bytes], 2 * this.#length + length);
  }
}

/** No bytes: one for all, since each of Node's buffers has memory of its own to be looked after, even of no length. */
export const noBytes: Buffer = Buffer.alloc(0);

/** Bytes that come in pieces and are taken in others. What was taken stays as it was; pieces cost what they are long, however many they are. */
export class ByteQueue {
  #store: Buffer = noBytes;
  #from = 0;
  #to = 0;

  get length(): number {
    return this.#to - this.#from;
  }

  /** Bytes that stay as they are, so that they need not be copied where nothing waits before them. */
  keep(bytes: Buffer): void {
    if (this.length > 0) {
      this.push(bytes);
      return;
    }
    this.#store = bytes;
    this.#from = 0;
    this.#to = bytes.length;
  }

  push(bytes: Uint8Array): void {
    if (this.#to + bytes.length > this.#store.length) {
      // Never in place: parts that were given out are views of the old store. Room for more only where there was more than once.
      const store = Buffer.allocUnsafeSlow(Math.max(256, 2 * this.length + bytes.length));
      this.#store.copy(store, 0, this.#from, this.#to);
      this.#to = this.length;
      this.#from = 0;
      this.#store = store;
    }
    this.#store.set(bytes, this.#to);
    this.#to += bytes.length;
  }

  /** The unsigned number in so many bytes, `at` bytes behind the first; all of them are there. */
  numberAt(at: number, length: 1 | 2 | 3): number {
    let value = 0;
    const from = this.#from + at;
    for (let place = from; place < from + length; place += 1) value = value * 256 + (this.#store[place] ?? 0);
    return value;
  }

  /** The first bytes: all of them where there are fewer. */
  take(length: number): Buffer {
    const part = this.#store.subarray(this.#from, Math.min(this.#from + length, this.#to));
    this.#from += part.length;
    return part;
  }
}
