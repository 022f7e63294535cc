import type { Element } from 'ltx';
import type { Host, Surroundings } from '../application.ts';
import type { Authentication } from '../authentication.ts';
import type { Agent } from '../contact-centre.ts';
import { element } from '../xml.ts';
import { XmppService } from '../xmpp/service.ts';
import { dialogElement, uriOf, userElement } from './resources.ts';

/** `Update` of an event: what changed, and which request it answers. */
function update(data: Element, verb: string, requestId: string, source: string): Element {
  const made = element('Update', null);
  made.c('data').cnode(data);
  made.c('event').t(verb);
  if (requestId !== '') made.c('requestId').t(requestId);
  made.c('source').t(source);
  return made;
}

/** The notification service of one Finesse node: what came of a request, and what happened without one, goes to those it concerns. */
export function notificationService(
  host: Host,
  { centre, chats }: Surroundings,
  authentication: Authentication,
): XmppService {
  const service = new XmppService({
    domain: () => host.fqdn,
    authenticate: async (user, password) => (await authentication.signIn(host, { user, password })) !== null,
  });
  const tell = (agent: Agent, node: string, payload: Element): void => {
    service.publish(agent.id, node, payload);
  };
  centre.on('state', (agent, requestId) => {
    const node = uriOf(agent);
    tell(agent, node, update(userElement(agent, 'user'), 'PUT', requestId, node));
  });
  centre.on('refusal', (agent, requestId, refusal) => {
    const node = uriOf(agent);
    const errors = element('apiErrors', { apiError: { ...refusal } });
    // Captures have the verb in lower case here.
    tell(agent, node, update(errors, 'put', requestId, node));
  });
  centre.on('dialog', (agent, dialog, verb, requestId) => {
    const node = `${uriOf(agent)}/Dialogs`;
    const data = element('dialogs', null);
    data.cnode(dialogElement(dialog, 'Dialog'));
    tell(agent, node, update(data, verb, requestId, node));
  });
  // The node of chats is inferred; the desktop's user gets them without a subscription, as for calls.
  chats.on('offer', (agent, { id, author }) => {
    const node = `${uriOf(agent)}/Dialogs/Media`;
    tell(agent, node, update(element('chat', { id, author, state: 'OFFERED' }), 'POST', '', node));
  });
  return service;
}
