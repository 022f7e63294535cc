import { Hono, type Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { cors } from 'hono/cors';
import { randomBytes } from 'node:crypto';
import type { Host, Surroundings } from '../application.ts';
import { callOut } from '../call-out.ts';
import { html, script } from '../page.ts';
import { chatQueue } from '../people.ts';
import { element, parsed, type Content } from '../xml.ts';
import type { Chat, ChatEvent } from './chats.ts';

const cookie = 'JSESSIONID';
const feed = '100020';

/** Lets UCCX and CCP reach each other over TLS, each by its own store: only then a contact gets to an agent (both directions: inferred from the trust the guide demands). */
export async function deliver(ccp: Host, surroundings: Surroundings, chat: Chat): Promise<void> {
  for (const uccx of surroundings.hosts.filter(({ type }) => type.startsWith('UCCX'))) {
    const path = `/ccp-webapp/ccp/socialcontact/${chat.id}`;
    const [fetched, handed] = await Promise.all([
      callOut(uccx, surroundings, { to: ccp.fqdn, port: 443, path }),
      callOut(ccp, surroundings, { to: uccx.fqdn, port: 443, path: '/adminapi/chatWidget' }),
    ]);
    if (fetched.came !== 'answer' || handed.came !== 'answer') continue;
    surroundings.chats.offer(chat);
    return;
  }
}

function eventElement(event: ChatEvent): Content {
  // Bodies are URL-encoded, with + for a blank.
  const { kind, ...rest } = event;
  const body = 'body' in rest ? { body: new URLSearchParams({ b: rest.body }).toString().slice(2) } : {};
  return { [kind]: { ...rest, ...body } };
}

function contactElement(host: Host, chat: Chat): string {
  const fields = { ...chat.fields, chatRoom: chat.room };
  return element('SocialContact', {
    author: chat.author,
    title: chat.title,
    status: chat.state === 'queued' ? 'unread' : 'reserved',
    refURL: `https://${host.fqdn}/ccp-webapp/ccp/socialcontact/${chat.id}`,
    extensionFields: { extensionField: Object.entries(fields).map(([name, value]) => ({ name, value })) },
  }).toString();
}

/** What customers and web sites use of CCP: chats by REST in both families of paths, the chat page, the check of the certificate. */
export function customerChat(host: Host, surroundings: Surroundings): Hono {
  const { chats } = surroundings;
  const pages = new Hono();
  const sessions = new Map<string, Chat>();
  const xml = (context: Context, body: string, status: 200 | 201 | 400 | 404 = 200): Response =>
    context.body(body, status, { 'content-type': 'application/xml' });
  const gone = (context: Context): Response =>
    xml(
      context,
      element('apiErrors', { apiError: { errorType: 'notFound', errorMessage: 'No chat' } }).toString(),
      404,
    );
  const chatOf = (context: Context): Chat | undefined => sessions.get(getCookie(context, cookie) ?? '');
  const open = (context: Context, contact: Pick<Chat, 'author' | 'title' | 'fields'>): Chat => {
    const chat = chats.add(contact);
    const id = randomBytes(16).toString('hex').toUpperCase();
    sessions.set(id, chat);
    setCookie(context, cookie, id, { path: '/ccp', secure: true, httpOnly: true });
    void deliver(host, surroundings, chat);
    return chat;
  };

  const rest = new Hono();
  rest.use(cors({ origin: (origin) => origin, credentials: true }));
  rest.get('/:feed/redirect', (context) => {
    const query = context.req.query();
    const fields = Object.fromEntries(
      Object.entries(query)
        .filter(([name]) => name.startsWith('extensionField_'))
        .map(([name, value]) => [name.slice('extensionField_'.length), value]),
    );
    open(context, { author: query['author'] ?? '', title: query['title'] ?? '', fields });
    return context.redirect('/ccp/ui/chat.jsp');
  });
  rest.post('/', async (context) => {
    const contact = parsed(await context.req.text());
    if (contact?.getName() !== 'SocialContact') return xml(context, '<apiErrors/>', 400);
    const fields = Object.fromEntries(
      (contact.getChild('extensionFields')?.getChildren('extensionField') ?? []).map((field) => [
        field.getChildText('name') ?? '',
        field.getChildText('value') ?? '',
      ]),
    );
    const chat = open(context, {
      author: contact.getChildText('author') ?? '',
      title: contact.getChildText('title') ?? '',
      fields,
    });
    context.header('location', `https://${host.fqdn}/ccp-webapp/ccp/socialcontact/${chat.id}`);
    return xml(context, contactElement(host, chat), 201);
  });
  rest.get('/', (context) => {
    const chat = chatOf(context);
    if (chat === undefined) return gone(context);
    const after = Number(context.req.query('eventid') ?? 0);
    const isAll = context.req.query('all') === 'true';
    const events = chat.events.filter(
      (event) => event.id > after && (isAll || !('from' in event) || event.from !== chat.author),
    );
    const made = element('chatEvents', null);
    for (const event of events) {
      for (const [name, content] of Object.entries(eventElement(event) as Record<string, Content>)) {
        made.cnode(element(name, content));
      }
    }
    return xml(context, made.toString());
  });
  rest.put('/', async (context) => {
    const chat = chatOf(context);
    if (chat === undefined || chat.state === 'ended') return gone(context);
    const message = parsed(await context.req.text());
    const body = message?.getName() === 'Message' ? message.getChildText('body') : null;
    if (body === null) return xml(context, '<apiErrors/>', 400);
    chats.say(chat, chat.author, body);
    return context.body(null, 200);
  });
  rest.put('/event', async (context) => {
    const chat = chatOf(context);
    if (chat === undefined) return gone(context);
    const status = parsed(await context.req.text())?.getChildText('status');
    chats.type(chat, chat.author, status === 'composing' ? 'composing' : 'paused');
    return context.body(null, 200);
  });
  const leave = (context: Context): Response => {
    const chat = chatOf(context);
    if (chat === undefined) return gone(context);
    chats.end(chat);
    return context.body(null, 200);
  };
  rest.put('/leaveChat', leave);
  rest.delete('/', leave);
  for (const family of ['/ccp/chat', '/ccp/rest/chat']) pages.route(family, rest);

  const chatPage = (withForm: boolean): string =>
    html({
      title: 'Chat with us',
      scripts: ['/ccp/ui/chat.js'],
      config: { withForm, feed: `https://${host.fqdn}/ccp-webapp/ccp/feed/${feed}`, queue: chatQueue },
      style: '#log div { padding: 3px 0 } #log .mine { text-align: right }',
      body: `<main><h1>Chat with us</h1><form id="contact"${withForm ? '' : ' hidden'}>
<label for="name">Name</label><input id="name"><label for="email">E-mail</label><input id="email"><label for="phone">Phone</label><input id="phone">
<label for="statement">How can we help?</label><select id="statement"><option>A question</option></select><button type="submit">Start Chat</button></form>
<div id="chat"${withForm ? ' hidden' : ''}><p class="status" role="status">Welcome, please wait while we connect you with a customer care representative.</p><div id="log" role="log"></div>
<form id="say"><label for="message">Message</label><input id="message" autocomplete="off"><button type="submit">Send</button> <button type="button" aria-label="close">End Chat</button></form></div></main>`,
    });
  pages.get('/ccp/ui/BubbleChat.html', (context) => context.html(chatPage(true)));
  pages.get('/ccp/ui/chat.jsp', (context) => context.html(chatPage(false)));
  pages.get('/ccp/ui/chat.js', (context) => script(context, 'customer-chat.js'));
  pages.use('/ccp/ui/ConnectivityCheck.html', cors());
  pages.get('/ccp/ui/ConnectivityCheck.html', (context) => context.html(html({ title: 'Connected', body: '' })));
  pages.use('/ccp/bubblechat', cors());
  pages.get('/ccp/bubblechat', (context) =>
    context.json({ problemStatements: { statements: [{ statement: 'A question', csqTag: chatQueue }] } }),
  );
  pages.get('/ccp-webapp/ccp/socialcontact/:id', (context) => {
    const chat = chats.get(context.req.param('id'));
    return chat === undefined ? gone(context) : xml(context, contactElement(host, chat));
  });
  pages.get('/ccp-webapp/ccp/feed', (context) =>
    xml(
      context,
      element('Feeds', {
        Feed: {
          name: 'CCX Chat Feed',
          type: 8,
          tags: { tag: 'ccx_chat_req' },
          refURL: `https://${host.fqdn}/ccp-webapp/ccp/feed/${feed}`,
        },
      }).toString(),
    ),
  );
  pages.get('/ccp-webapp/ccp/serviceability/SocialMinerSystemHealth.xml', (context) =>
    xml(context, element('SocialMinerSystemHealth', { status: 'ok' }).toString()),
  );
  return pages;
}
