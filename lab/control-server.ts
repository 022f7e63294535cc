import { once } from 'node:events';
import { chmod } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { messageOf, UsageError } from '#model/errors.ts';
import { Breaking } from './breaking.ts';
import { mustBeDown, type RunningLab, type Verbs } from './control.ts';
import type { Lab } from './lab.ts';
import { scenarios } from './scenarios/index.ts';
import type { Scenario } from './scenario.ts';
import { controlSocket } from './state.ts';

const Request = z.strictObject({ request: z.string() });
const Ids = z.strictObject({ ids: z.array(z.string()).min(1) });

/** A scenario by its id. */
export function scenarioOf(id: string): Scenario {
  const found = scenarios.find((scenario) => scenario.id === id);
  if (found !== undefined) return found;
  throw new UsageError({
    seen: `The lab knows no scenario ${id}.`,
    matters: 'Only what is listed can be broken, so that it can be healed again.',
    todo: 'See the list: uccert lab list.',
  });
}

/** Serves the control socket of a lab; resolves to a function that closes it. `onDown` is called when the lab was told to end, and has. */
export async function serveControl(lab: Lab, state: string, onDown: () => void): Promise<() => Promise<void>> {
  await mustBeDown(state);
  const status = (): RunningLab => ({ ...lab.status, pid: process.pid });
  const breaking = new Breaking(lab);
  const answers: { [V in keyof Verbs]: (body: unknown) => Promise<Verbs[V]['gives']> | Verbs[V]['gives'] } = {
    status,
    state: () => lab.digest,
    break: async (body) => {
      // All are looked up before the first is applied.
      const wanted = [...new Set(Ids.parse(body).ids)].map(scenarioOf);
      const breakage = await breaking.by(wanted);
      return { ...status(), ...breakage };
    },
    sign: async (body) => {
      const reply = await lab.sign(Request.parse(body).request);
      const { intermediate, root } = lab.authority;
      return { certificates: [reply, intermediate.certificate, root.certificate].map(String) };
    },
    heal: async () => {
      await lab.heal();
      breaking.forget();
      return status();
    },
    reset: async () => {
      await lab.reset();
      breaking.forget();
      return status();
    },
    down: async () => {
      await lab.stop();
      return {};
    },
  };
  const isVerb = (verb: string): verb is keyof Verbs => Object.hasOwn(answers, verb);

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const verb = (request.url ?? '').slice(1);
    if (!isVerb(verb)) {
      response.writeHead(404).end('{}');
      return;
    }
    try {
      const given = await answers[verb](JSON.parse(await text(request)));
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(given));
    } catch (error) {
      const failure = { message: messageOf(error), isUsage: error instanceof UsageError };
      response.writeHead(failure.isUsage ? 400 : 500, { 'content-type': 'application/json' });
      response.end(JSON.stringify(failure));
    }
    if (verb === 'down') response.on('close', onDown);
  };
  const server = createServer((request, response) => void answer(request, response));
  const socket = controlSocket(state);
  server.listen(socket);
  await once(server, 'listening');
  if (process.platform !== 'win32') await chmod(socket, 0o600);
  return async () => {
    const gone = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await gone;
  };
}
