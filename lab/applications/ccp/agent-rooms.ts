import { Hono } from 'hono';
import type { Host, Surroundings } from '../application.ts';
import type { Authentication } from '../authentication.ts';
import { html, script, strophe } from '../page.ts';
import { element } from '../xml.ts';
import { XmppService, type XmppSession } from '../xmpp/service.ts';

/**
 * The agent's side of chats: CCP's XMPP service on 7443 with a room for each chat (XEP-0045), and the gadget that uses it.
 * That agents speak XMPP over BOSH to CCP is documented; what they say is not (inferred: an invitation, then a room).
 */
export function agentRooms(host: Host, { chats, centre }: Surroundings, authentication: Authentication): XmppService {
  const members = new Map<string, Set<XmppSession>>();
  const service = new XmppService({
    domain: () => host.fqdn,
    authenticate: async (user, password) => (await authentication.signIn(host, { user, password })) !== null,
    onEnd: (session) => {
      for (const room of members.values()) room.delete(session);
    },
    onStanza: (session, stanza) => {
      const [room = '', nick] = String(stanza.attrs['to'] ?? '').split('/');
      const chat = chats.all.find((candidate) => candidate.room === room);
      // Only the agent of a chat has a place in its room.
      if (chat?.agent === null || chat?.agent.id !== session.user) return;
      if (stanza.is('presence') && nick !== undefined) {
        if (stanza.attrs['type'] === 'unavailable') chats.end(chat);
        else {
          members.set(room, (members.get(room) ?? new Set()).add(session));
          session.send(element('presence', null, { from: `${room}/${nick}`, to: session.jid }));
        }
      } else if (stanza.is('message')) {
        const body = stanza.getChildText('body') ?? '';
        if (body !== '') chats.say(chat, centre.person(session.user)?.firstName ?? session.user, body);
      }
    },
  });
  chats.on('joined', (agent, chat) => {
    for (const session of service.sessionsOf(agent.id)) {
      const invitation = element('message', null, { from: host.fqdn, to: session.jid });
      invitation.c('x', { xmlns: 'jabber:x:conference', jid: chat.room });
      session.send(invitation);
    }
  });
  chats.on('said', ({ room }, from, body) => {
    for (const session of members.get(room) ?? []) {
      session.send(element('message', { body }, { from: `${room}/${from}`, to: session.jid, type: 'groupchat' }));
    }
  });
  chats.on('ended', ({ room }) => {
    for (const session of members.get(room) ?? []) {
      session.send(element('presence', null, { from: `${room}/customer`, to: session.jid, type: 'unavailable' }));
    }
    members.delete(room);
  });
  return service;
}

/** The gadget of the tab "Manage Chat and Email", fetched by the desktop's server and run in the agent's browser. */
export function agentGadget(host: Host): Hono {
  const pages = new Hono();
  pages.get('/multisession/ui/gadgets/multisession-reply-gadget.xml', (context) =>
    context.html(
      html({
        title: 'Manage Chat and Email',
        style:
          'body { background: #fff; padding: 12px 16px } #log div { padding: 3px 0 } #log .mine { text-align: right }',
        config: { host: host.fqdn, service: `https://${host.fqdn}:7443/http-bind/` },
        scripts: ['strophe.js', 'answers.js', 'chat-room.js'].map(
          (name) => `https://${host.fqdn}/multisession/${name}`,
        ),
        body: `<div id="launch" hidden><p>Click Launch Certificate and accept certificate to use Chat and Email</p><button type="button">Launch Certificate</button></div>
<p class="status" role="status">Connecting</p><div id="room" hidden><h2></h2><div id="log" role="log"></div><form id="say"><label for="message">Message</label><input id="message" autocomplete="off"><button type="submit">Send</button> <button type="button">End</button></form></div>`,
      }),
    ),
  );
  for (const name of ['answers.js', 'chat-room.js'])
    pages.get(`/multisession/${name}`, (context) => script(context, name));
  pages.get('/multisession/strophe.js', strophe);
  return pages;
}
