import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Lab } from '#lab/lab.ts';
import { startTestLab, type TestLab } from './lab.ts';
import { LabClient, type LabReply, type LabRequest } from './lab-client.ts';

/** A UCCX lab with signed certificates for the tests of a file, and a client that trusts its authority. */
export interface ContactCentre {
  readonly lab: Lab;
  readonly browser: LabClient;
  readonly ask: (at: string, path: string, wanted?: LabRequest) => Promise<LabReply>;
  /** Sends to Finesse REST; gives the status. */
  readonly put: (user: string, path: string, body: string, method?: string) => Promise<number>;
}

export const finesse = 'uccx1:8445';

/** Starts it before the tests of a file, heals it after each. Each file takes a network of its own. */
export function contactCentre(network: string): ContactCentre {
  let started: TestLab;
  let browser: LabClient;
  beforeAll(async () => {
    started = await startTestLab(network, { signed: true });
    browser = new LabClient(started.lab);
  });
  afterAll(() => started[Symbol.asyncDispose]());
  afterEach(() => started.lab.reset());
  return {
    get lab() {
      return started.lab;
    },
    get browser() {
      return browser;
    },
    ask: (at, path, wanted) => browser.ask(at, path, wanted),
    put: async (user, path, body, method = 'PUT') =>
      (await browser.ask(finesse, `/finesse/api/${path}`, { user, method, body })).status,
  };
}

export const login = (extension: string): string =>
  `<User><state>LOGIN</state><extension>${extension}</extension></User>`;
export const state = (wanted: string): string => `<User><state>${wanted}</state></User>`;
