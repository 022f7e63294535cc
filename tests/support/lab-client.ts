import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest, type AgentOptions } from 'node:https';
import { text } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import type { Lab } from '#lab/lab.ts';

export interface LabReply {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface LabRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly user?: string;
  readonly password?: string;
}

/** A client of the lab that verifies: names go to the lab's machines, and only the lab's CA is trusted. */
export class LabClient {
  readonly #lab: Lab;

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  /** How a connection finds and trusts the lab's machines. */
  get options(): Pick<AgentOptions, 'ca' | 'lookup'> {
    const ca = String(this.#lab.authority.root.certificate);
    return {
      ca,
      lookup: (name, options, found) => {
        const { address } = this.#lab.machines.find(({ fqdn }) => fqdn === name) ?? { address: '127.0.0.0' };
        if (options.all === true) found(null, [{ address, family: 4 }]);
        else found(null, address, 4);
      },
    };
  }

  /** A WebSocket class that knows the lab, for libraries that take one from the global scope. */
  get webSocket(): new (address: string | URL, protocols?: string | string[]) => WebSocket {
    const { options } = this;
    return class extends WebSocket {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(address, protocols, options);
      }
    };
  }

  /** One request; `at` is `machine:port`. */
  async ask(at: string, path: string, wanted: LabRequest = {}): Promise<LabReply> {
    const [id = '', port = '443'] = at.split(':');
    const machine = this.#lab.machine(id);
    const { place } = machine.port(Number(port));
    const { user, password = this.#lab.centre.password } = wanted;
    const request = httpsRequest({
      ca: this.options.ca,
      agent: false,
      host: place.address,
      port: place.port,
      servername: machine.fqdn,
      path,
      method: wanted.method ?? 'GET',
      headers: { host: machine.fqdn, ...wanted.headers },
      ...(user === undefined ? {} : { auth: `${user}:${password}` }),
    });
    request.end(wanted.body);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) };
  }
}
