import type { Element } from 'ltx';
import type { Host } from '../application.ts';
import type { Agent, AgentState, Dialog } from '../contact-centre.ts';
import { team } from '../people.ts';
import { element, type Content } from '../xml.ts';

/** The resources of the Finesse REST API as XML. Children and their order as in captures of 12.5 and the developer guide. */

const noReason = '-1';

export function uriOf(agent: Pick<Agent, 'id'>): string {
  return `/finesse/api/User/${agent.id}`;
}

/** `User` of a reply, `user` of an event. */
export function userElement(agent: Agent, name: 'User' | 'user'): Element {
  const isSupervisor = agent.roles.includes('Supervisor');
  return element(name, {
    dialogs: `${uriOf(agent)}/Dialogs`,
    extension: agent.signedInOn,
    firstName: agent.firstName,
    lastName: agent.lastName,
    loginId: agent.id,
    loginName: agent.id,
    mediaType: 1,
    pendingState: '',
    reasonCodeId: agent.state === 'READY' ? null : (agent.reasonCode ?? noReason),
    roles: { role: agent.roles },
    settings: { wrapUpOnIncoming: 'OPTIONAL', wrapUpOnOutgoing: 'NOT_ALLOWED' },
    state: agent.state,
    stateChangeTime: agent.stateSince.toISOString(),
    teamId: team.id,
    teamName: team.name,
    teams: isSupervisor ? { Team: { id: team.id, name: team.name, uri: `/finesse/api/Team/${team.id}` } } : null,
    uri: uriOf(agent),
    wrapUpTimer: 7200,
  });
}

function actionsFor(dialog: Dialog, isCalled: boolean): readonly string[] {
  if (dialog.state === 'ALERTING') return isCalled ? ['ANSWER'] : ['DROP'];
  return dialog.state === 'HELD' ? ['RETRIEVE', 'DROP'] : ['HOLD', 'DROP'];
}

export function dialogElement(dialog: Dialog, name: 'Dialog' | 'dialog'): Element {
  const party = (address: string, isCalled: boolean): Content => ({
    actions: { action: actionsFor(dialog, isCalled) },
    mediaAddress: address,
    mediaAddressType: 'AGENT_DEVICE',
    startTime: dialog.startedAt.toISOString(),
    state: dialog.state === 'ALERTING' && !isCalled ? 'INITIATED' : dialog.state,
    stateCause: '',
    stateChangeTime: dialog.startedAt.toISOString(),
  });
  return element(name, {
    associatedDialogUri: '',
    fromAddress: dialog.from,
    id: dialog.id,
    secondaryId: '',
    mediaProperties: {
      mediaId: 1,
      DNIS: dialog.to,
      callType: dialog.queue === null ? 'AGENT_INSIDE' : 'ACD_IN',
      dialedNumber: dialog.to,
      outboundClassification: '',
      queueName: dialog.queue ?? '',
    },
    mediaType: 'Voice',
    participants: { Participant: [party(dialog.from, false), party(dialog.to, true)] },
    state: dialog.state,
    toAddress: dialog.to,
    uri: `/finesse/api/Dialog/${dialog.id}`,
  });
}

/** One node of the pair as SystemInfo names it. */
function node({ fqdn }: Host): Content {
  return { host: fqdn, httpsPort: 8445, xmppPort: 5222, xmppSecurePort: 5223 };
}

export function systemInfoElement(host: Host, pair: readonly Host[], now: Date): Element {
  const [primary = host, secondary] = pair;
  return element('SystemInfo', {
    currentTimestamp: now.toISOString(),
    deploymentType: host.type.startsWith('UCCX') ? 'UCCX' : 'UCCE',
    lastCTIHeartbeatStatus: 'success',
    primaryNode: node(primary),
    secondaryNode: secondary === undefined ? null : node(secondary),
    status: 'IN_SERVICE',
    statusReason: '',
    systemAuthMode: 'NON_SSO',
    timezoneOffset: 0,
    uri: '/finesse/api/SystemInfo',
    xmppDomain: host.fqdn,
    xmppPubSubDomain: `pubsub.${host.fqdn}`,
  });
}

/** An error body of the REST API. */
export function errorElement(type: string, message: string, data = ''): Element {
  return element('ApiErrors', { ApiError: { ErrorType: type, ErrorData: data, ErrorMessage: message } });
}

/** States of a menu as the desktop shows them. */
export const stateWords: Readonly<Record<AgentState, string>> = {
  LOGOUT: 'Signed Out',
  NOT_READY: 'Not Ready',
  READY: 'Ready',
  RESERVED: 'Reserved',
  TALKING: 'Talking',
  HOLD: 'Hold',
  WORK: 'Wrap-Up',
};
