import { randomBytes, randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { people, type Person } from './people.ts';

/** States of an agent as Finesse names them (User API, state). */
export type AgentState = 'LOGOUT' | 'NOT_READY' | 'READY' | 'RESERVED' | 'TALKING' | 'HOLD' | 'WORK';

/** One call between two parties (Dialog API). */
export interface Dialog {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly queue: string | null;
  readonly startedAt: Date;
  state: 'ALERTING' | 'ACTIVE' | 'HELD' | 'DROPPED';
}

/** What is known of somebody who may take calls. */
export interface Agent extends Person {
  state: AgentState;
  /** The extension signed in on; empty while signed out. */
  signedInOn: string;
  stateSince: Date;
  reasonCode: string | null;
  dialogs: Dialog[];
}

/** Why a request was refused, as Finesse words it in its events (User API errors; codes seen in public captures of 12.5). */
export interface Refusal {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly errorData: string;
}

export type Verb = 'PUT' | 'POST' | 'DELETE';

interface Events {
  state: [agent: Agent, requestId: string];
  refusal: [agent: Agent, requestId: string, refusal: Refusal];
  dialog: [agent: Agent, dialog: Dialog, verb: Verb, requestId: string];
}

const invalidState: Refusal = {
  errorType: 'Invalid State',
  errorMessage: 'CF_INVALID_OBJECT_STATE',
  errorData: '22',
};
const invalidDevice: Refusal = {
  errorType: 'Invalid Device',
  errorMessage: 'CF_INVALID_LOGON_DEVICE_SPECIFIED',
  errorData: '260',
};

/** From where an agent may ask for a state. */
const mayFollow: Readonly<Partial<Record<string, readonly AgentState[]>>> = {
  READY: ['NOT_READY', 'WORK', 'READY'],
  NOT_READY: ['READY', 'WORK', 'NOT_READY'],
  LOGOUT: ['NOT_READY'],
};

/** The people of a deployment, what they do, and their calls: what all of its applications show. */
export class ContactCentre extends EventEmitter<Events> {
  /** The one password of everybody here. */
  readonly password: string = randomBytes(9).toString('base64url');
  readonly #now: () => Date;
  #agents: readonly Agent[];

  constructor(now: () => Date) {
    super();
    this.setMaxListeners(0);
    this.#now = now;
    this.#agents = this.#signedOut();
  }

  get now(): Date {
    return this.#now();
  }

  get agents(): readonly Agent[] {
    return this.#agents;
  }

  /** Somebody by id. */
  person(id: string): Agent | undefined {
    return this.#agents.find((agent) => agent.id === id);
  }

  /** Everybody is signed out, no call is left. */
  reset(): void {
    for (const agent of this.#agents) {
      for (const dialog of agent.dialogs) this.#end(dialog, '');
      if (agent.state !== 'LOGOUT') this.#turn(agent, 'LOGOUT', '');
    }
    this.#agents = this.#signedOut();
  }

  #signedOut(): readonly Agent[] {
    const stateSince = this.#now();
    return people.map((person) => ({
      ...person,
      state: 'LOGOUT',
      signedInOn: '',
      stateSince,
      reasonCode: null,
      dialogs: [],
    }));
  }

  /** Signs in on an extension: the telephone must be the person's own. */
  signIn(agent: Agent, extension: string, requestId: string): void {
    if (agent.state !== 'LOGOUT') this.emit('refusal', agent, requestId, invalidState);
    else if (agent.extension !== extension) this.emit('refusal', agent, requestId, invalidDevice);
    else {
      agent.signedInOn = extension;
      this.#turn(agent, 'NOT_READY', requestId);
    }
  }

  /** Asks for a state, as the desktop's menu does. */
  askFor(agent: Agent, state: string, reasonCode: string | null, requestId: string): void {
    if (mayFollow[state]?.includes(agent.state) !== true) {
      this.emit('refusal', agent, requestId, invalidState);
      return;
    }
    agent.reasonCode = state === 'READY' ? null : reasonCode;
    this.#turn(agent, state as AgentState, requestId);
  }

  #turn(agent: Agent, state: AgentState, requestId: string): void {
    agent.state = state;
    agent.stateSince = this.now;
    if (state === 'LOGOUT') agent.signedInOn = '';
    this.emit('state', agent, requestId);
  }

  /** A call rings at an agent: from a caller, through a queue; only who is ready is given one. Gives the dialog. */
  present(agent: Agent, from: string, queue: string | null, requestId = ''): Dialog | null {
    const isFree = agent.state === 'READY' || (queue === null && agent.state === 'NOT_READY');
    if (!isFree || agent.dialogs.length > 0) return null;
    const dialog: Dialog = {
      id: randomUUID().slice(0, 8),
      from,
      to: agent.signedInOn,
      queue,
      startedAt: this.now,
      state: 'ALERTING',
    };
    if (queue !== null) this.#turn(agent, 'RESERVED', '');
    for (const party of this.#partiesOf(dialog)) {
      party.dialogs.push(dialog);
      this.emit('dialog', party, dialog, 'POST', requestId);
    }
    return dialog;
  }

  /** Calls an extension from an agent's telephone; a number that nobody has rings nowhere. */
  call(agent: Agent, to: string, requestId: string): void {
    const other = this.#agents.find(({ signedInOn }) => signedInOn === to && to !== '');
    const isMade = other !== undefined && this.present(other, agent.signedInOn, null, requestId) !== null;
    if (!isMade)
      this.emit('refusal', agent, requestId, { ...invalidState, errorMessage: 'CF_GENERIC_UNSPECIFIED_REJECTION' });
  }

  /** ANSWER, HOLD, RETRIEVE or DROP; false where the action does not suit the call. */
  act(dialog: Dialog, action: string, requestId: string): boolean {
    const next = { 'ANSWER ALERTING': 'ACTIVE', 'HOLD ACTIVE': 'HELD', 'RETRIEVE HELD': 'ACTIVE' } as const;
    const step = `${action} ${dialog.state}`;
    if (action === 'DROP') {
      this.#end(dialog, requestId);
      return true;
    }
    if (!(step in next)) return false;
    dialog.state = next[step as keyof typeof next];
    for (const party of this.#partiesOf(dialog)) {
      this.#turn(party, dialog.state === 'HELD' ? 'HOLD' : 'TALKING', '');
      this.emit('dialog', party, dialog, 'PUT', requestId);
    }
    return true;
  }

  dialog(id: string): Dialog | undefined {
    return this.#agents.flatMap(({ dialogs }) => dialogs).find((dialog) => dialog.id === id);
  }

  #partiesOf({ from, to }: Dialog): Agent[] {
    return this.#agents.filter(({ signedInOn }) => signedInOn !== '' && (signedInOn === to || signedInOn === from));
  }

  #end(dialog: Dialog, requestId: string): void {
    const parties = this.#partiesOf(dialog);
    dialog.state = 'DROPPED';
    for (const party of parties) {
      party.dialogs = party.dialogs.filter((other) => other !== dialog);
      this.emit('dialog', party, dialog, 'DELETE', requestId);
      if (party.state !== 'NOT_READY') this.#turn(party, dialog.queue === null ? 'NOT_READY' : 'READY', '');
    }
  }
}
