import { EventEmitter } from 'node:events';
import type { Agent } from '../contact-centre.ts';

/** What the customer is told, in the order of its ids (developer.cisco.com, Customer Collaboration Platform chat API). */
export type ChatEvent =
  | { readonly kind: 'MessageEvent'; readonly id: number; readonly from: string; readonly body: string }
  | { readonly kind: 'PresenceEvent'; readonly id: number; readonly from: string; readonly status: 'joined' | 'left' }
  | {
      readonly kind: 'TypingEvent';
      readonly id: number;
      readonly from: string;
      readonly status: 'composing' | 'paused';
    }
  | {
      readonly kind: 'StatusEvent';
      readonly id: number;
      readonly status: 'chat_ok' | 'chat_finished';
      readonly detail: string;
    };

/** An event before it has its number. */
type News = ChatEvent extends infer E ? (E extends ChatEvent ? Omit<E, 'id'> : never) : never;

/** One chat contact, from the customer's form to its end. */
export interface Chat {
  readonly id: string;
  readonly author: string;
  readonly title: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly room: string;
  readonly events: ChatEvent[];
  /** Queued until CCP and the contact centre reach each other and an agent is free. */
  state: 'queued' | 'offered' | 'joined' | 'ended';
  agent: Agent | null;
}

interface Events {
  offer: [agent: Agent, chat: Chat];
  joined: [agent: Agent, chat: Chat];
  said: [chat: Chat, from: string, body: string];
  ended: [chat: Chat];
}

/** The chat contacts of a deployment, and the agents who take them. */
export class Chats extends EventEmitter<Events> {
  readonly #chats = new Map<string, Chat>();
  readonly #ready = new Set<Agent>();
  #next = 1;

  constructor() {
    super();
    // Every node of a big lab listens.
    this.setMaxListeners(0);
  }

  get(id: string): Chat | undefined {
    return this.#chats.get(id);
  }

  get all(): readonly Chat[] {
    return [...this.#chats.values()];
  }

  reset(): void {
    for (const chat of this.#chats.values()) this.end(chat);
    this.#chats.clear();
    this.#ready.clear();
  }

  add(contact: Pick<Chat, 'author' | 'title' | 'fields'>): Chat {
    const number = this.#next;
    this.#next += 1;
    const chat: Chat = {
      ...contact,
      id: String(number),
      room: `socialminer_chat.${number}@conference.127.0.0.1`,
      events: [],
      state: 'queued',
      agent: null,
    };
    this.#chats.set(chat.id, chat);
    this.#tell(chat, { kind: 'StatusEvent', status: 'chat_ok', detail: '' });
    return chat;
  }

  /** An agent takes chats, or no more. */
  setReady(agent: Agent, isReady: boolean): void {
    if (isReady) this.#ready.add(agent);
    else this.#ready.delete(agent);
  }

  isReady(agent: Agent): boolean {
    return this.#ready.has(agent);
  }

  /** Offers a queued chat to an agent who is free; it stays queued where nobody is. */
  offer(chat: Chat): void {
    const [agent] = this.#ready;
    if (chat.state !== 'queued' || agent === undefined) return;
    chat.state = 'offered';
    chat.agent = agent;
    this.#ready.delete(agent);
    this.emit('offer', agent, chat);
  }

  /** The agent takes what was offered; false where it was not theirs. */
  accept(agent: Agent, id: string): boolean {
    const chat = this.#chats.get(id);
    if (chat?.state !== 'offered' || chat.agent !== agent) return false;
    chat.state = 'joined';
    this.#tell(chat, { kind: 'PresenceEvent', from: agent.firstName, status: 'joined' });
    this.emit('joined', agent, chat);
    return true;
  }

  say(chat: Chat, from: string, body: string): void {
    this.#tell(chat, { kind: 'MessageEvent', from, body });
    this.emit('said', chat, from, body);
  }

  type(chat: Chat, from: string, status: 'composing' | 'paused'): void {
    this.#tell(chat, { kind: 'TypingEvent', from, status });
  }

  end(chat: Chat): void {
    if (chat.state === 'ended') return;
    const { agent } = chat;
    chat.state = 'ended';
    if (agent !== null) this.#tell(chat, { kind: 'PresenceEvent', from: agent.firstName, status: 'left' });
    this.#tell(chat, { kind: 'StatusEvent', status: 'chat_finished', detail: '' });
    this.emit('ended', chat);
  }

  #tell(chat: Chat, event: News): void {
    chat.events.push({ ...event, id: chat.events.length + 1 });
  }
}
