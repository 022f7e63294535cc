import type { Agent, ContactCentre } from '../contact-centre.ts';
import { stateWords } from '../finesse/resources.ts';
import { queues } from '../people.ts';

/** Records by the name of their statistics, as the Engine gives them out; names and fields as in public captures of UCCX, durations in ms. */
export const statisticsNames = ['ResourceIAQStats', 'VoiceIAQStats', 'AgentCSQStats', 'VoiceCSQDetailsStats'] as const;
export type StatisticsName = (typeof statisticsNames)[number];
export type Statistics = Readonly<Record<string, string | number | readonly unknown[]>> & { readonly id: string };

/** State numbers of ResourceIAQStats: their order is inferred. */
const stateNumbers = ['LOGOUT', 'NOT_READY', 'READY', 'RESERVED', 'TALKING', 'HOLD', 'WORK'] as const;

function isSignedIn({ state }: Agent): boolean {
  return state !== 'LOGOUT';
}

function ofResource(agent: Agent, centre: ContactCentre, handled: number): Statistics {
  return {
    id: agent.id,
    resourceId: agent.id,
    resourceName: `${agent.firstName} ${agent.lastName}`,
    resourceState: stateNumbers.indexOf(agent.state),
    strResourceState: stateWords[agent.state],
    durationInStateMillis: centre.now.getTime() - agent.stateSince.getTime(),
    nHandledContacts: handled,
    nPresentedContacts: handled,
  };
}

function ofQueue(queue: string, centre: ContactCentre, handled: number): Statistics {
  const members = centre.agents.filter((agent) => agent.queues.includes(queue) && isSignedIn(agent));
  const count = (state: string): number => members.filter((agent) => agent.state === state).length;
  return {
    id: queue,
    esdId: queues.indexOf(queue as (typeof queues)[number]) + 1,
    esdName: queue,
    nResourcesLoggedIn: members.length,
    nAvailResources: count('READY'),
    nUnavailResources: count('NOT_READY'),
    nInSessionResources: count('TALKING') + count('HOLD'),
    nWaitingContacts: 0,
    nTotalContacts: handled,
    nHandledContacts: handled,
    nAbandonedContacts: 0,
  };
}

/** What one kind of statistics says now. `handled` counts up while somebody looks: queue values change every three seconds. */
export function statisticsOf(name: StatisticsName, centre: ContactCentre, handled: number): readonly Statistics[] {
  const agents = centre.agents.filter(({ extension }) => extension !== undefined);
  switch (name) {
    case 'ResourceIAQStats':
      return agents.filter(isSignedIn).map((agent) => ofResource(agent, centre, handled));
    case 'VoiceIAQStats':
      return queues.map((queue) => ofQueue(queue, centre, handled));
    case 'AgentCSQStats':
      return queues.map((queue) => ({
        id: queue,
        csqName: queue,
        currentWaitingCalls: handled % 3,
        currentOldest: 0,
        AgentIds: agents.filter((agent) => agent.queues.includes(queue)).map(({ id }) => ({ agentId: id })),
      }));
    case 'VoiceCSQDetailsStats':
      return agents.filter(isSignedIn).map((agent) => ({
        id: agent.id,
        agentId: agent.id,
        agentName: `${agent.firstName} ${agent.lastName}`,
        agentState: stateWords[agent.state],
        agentStateDuration: centre.now.getTime() - agent.stateSince.getTime(),
        AgentVoiceCSQNames: agent.queues.map((queue) => ({ agentVoiceCSQName: queue })),
      }));
  }
}

export function isStatisticsName(name: string): name is StatisticsName {
  return (statisticsNames as readonly string[]).includes(name);
}
