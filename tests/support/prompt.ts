import { once } from 'node:events';
import { Client, type ClientChannel } from 'ssh2';
import type { Lab } from '#lab/lab.ts';
import type { VosMachine } from '#lab/machines/vos/machine.ts';

/** A person at the `admin:` prompt: types lines, reads until a text appears. */
export class Person {
  readonly client: Client;
  readonly #channel: ClientChannel;
  #unread = '';
  #look: () => void = () => undefined;

  private constructor(client: Client, channel: ClientChannel) {
    this.client = client;
    this.#channel = channel;
    channel.on('data', (data: Buffer) => {
      this.#unread += data.toString().replaceAll('\r\n', '\n');
      this.#look();
    });
  }

  /** Signs in and waits for the prompt. */
  static async signIn(lab: Lab, machine: VosMachine, password = lab.administrator.password): Promise<Person> {
    const { place } = lab.ssh(machine.id);
    const client = new Client();
    client.on('connect', () => client.setNoDelay(true));
    client.connect({ host: place.address, port: place.port, username: lab.administrator.user, password });
    await once(client, 'ready');
    const channel = await new Promise<ClientChannel>((resolve, reject) => {
      client.shell((error, opened) => (error === undefined ? resolve(opened) : reject(error)));
    });
    const person = new Person(client, channel);
    await person.reads('Welcome to the Platform Command Line Interface');
    await person.reads('admin:');
    return person;
  }

  async reads(until: string): Promise<string> {
    for (;;) {
      const at = this.#unread.indexOf(until);
      if (at >= 0) {
        const read = this.#unread.slice(0, at);
        this.#unread = this.#unread.slice(at + until.length);
        return read;
      }
      await new Promise<void>((resolve) => (this.#look = resolve));
    }
  }

  types(line: string): void {
    this.#channel.write(`${line}\n`);
  }

  /** Sends nothing more; what the machine says is still read. */
  endsInput(): void {
    this.#channel.end();
  }

  presses(key: string): void {
    this.#channel.write(key);
  }

  /** Types a command and reads what it prints. Each pair is a question that is waited for, and its answer. */
  async runs(command: string, ...dialogue: readonly (readonly [question: string, answer: string])[]): Promise<string> {
    this.types(command);
    await this.reads(`${command}\n`);
    let printed = '';
    for (const [question, answer] of dialogue) {
      printed += (await this.reads(question)) + question;
      this.types(answer);
      await this.reads(answer.trimEnd().split('\n').at(-1) ?? '');
    }
    return printed + (await this.reads('admin:'));
  }

  /** Pastes a certificate where `set cert import` asks for one. */
  async imports(pem: string, as: 'trust' | 'own' = 'trust', unit = 'tomcat'): Promise<string> {
    this.types(`set cert import ${as} ${unit}`);
    await this.reads('Paste the Certificate and Hit Enter\n');
    this.types(pem.trimEnd());
    await this.reads(pem.trimEnd().split('\n').at(-1) ?? '');
    return (await this.reads('admin:')).trim();
  }
}
