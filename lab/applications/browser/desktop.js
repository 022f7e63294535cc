// The Finesse desktop of the lab: signs in over REST, hears what came of it over XMPP, as the real one does.
(() => {
  const config = JSON.parse(document.getElementById('config').textContent);
  const find = (selector) => document.querySelector(selector);
  const field = (name) => find(`[data-field="${name}"]`);
  const words = {
    NOT_READY: 'Not Ready',
    READY: 'Ready',
    RESERVED: 'Reserved',
    TALKING: 'Talking',
    HOLD: 'Hold',
    WORK: 'Wrap-Up',
    LOGOUT: 'Signed Out',
  };
  const me = { id: '', password: '', extension: '', since: Date.now(), dialog: null, chat: null };
  let connection = null;

  async function rest(method, path, body) {
    const reply = await fetch(`/finesse/api/${path}`, {
      method,
      body,
      // The words of the page say that the password is wrong, not the browser's own prompt.
      credentials: 'omit',
      headers: {
        authorization: `Basic ${btoa(`${me.id}:${me.password}`)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/xml', requestId: crypto.randomUUID() }),
      },
    });
    return { status: reply.status, text: await reply.text() };
  }

  const xml = (text) => new DOMParser().parseFromString(text, 'application/xml');
  const textOf = (parent, name) => [...parent.children].find(({ tagName }) => tagName === name)?.textContent ?? '';

  function fail(message) {
    const shown = find('#signin-error');
    shown.textContent = message;
    shown.hidden = false;
    find('#signin-button').disabled = false;
  }

  // Ports whose certificate the browser does not take: one link each, until all are accepted.
  async function accepted(urls) {
    const dialog = find('#certificates');
    for (;;) {
      const missing = [];
      for (const url of urls) if (!(await answers(url))) missing.push(url);
      if (missing.length === 0) break;
      const list = dialog.querySelector('ul');
      list.replaceChildren(
        ...missing.map((url) => {
          const link = Object.assign(document.createElement('a'), {
            href: url,
            target: '_blank',
            textContent: new URL(url).host,
          });
          const item = document.createElement('li');
          item.append(link);
          return item;
        }),
      );
      if (!dialog.open) dialog.showModal();
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    if (dialog.open) dialog.close();
  }

  // Resolves when the session is there: only then the sign-in is sent, so that its event is not missed.
  function connect() {
    return new Promise((resolve, reject) => {
      connection = new Strophe.Connection(config.notification, { mechanisms: [Strophe.SASLPlain] });
      connection.addHandler(onMessage, null, 'message', null, null, null);
      connection.connect(`${me.id}@${config.host}/desktop`, me.password, (status) => {
        if (status === Strophe.Status.CONNECTED) {
          connection.send($pres());
          resolve();
        } else if (status === Strophe.Status.AUTHFAIL) reject(new Error(config.wrongPassword));
        else if (status === Strophe.Status.CONNFAIL || status === Strophe.Status.DISCONNECTED) {
          reject(new Error('Cannot connect to the Cisco Finesse Notification Service.'));
          if (!find('#desktop').hidden) lost();
        }
      });
    });
  }

  function onMessage(message) {
    const payload = message.getElementsByTagName('notification')[0]?.textContent ?? '';
    if (payload !== '') onUpdate(xml(payload).documentElement);
    return true;
  }

  function onUpdate(update) {
    const user = update.getElementsByTagName('user')[0];
    if (user !== undefined) onState(textOf(user, 'state'));
    const dialog = update.getElementsByTagName('Dialog')[0];
    if (dialog !== undefined) onDialog(dialog, textOf(update, 'event'));
    const chat = update.getElementsByTagName('chat')[0];
    if (chat !== undefined) onChat(chat);
    const error = update.getElementsByTagName('apiError')[0];
    if (error !== undefined) {
      const seen = textOf(error, 'errorType');
      if (find('#desktop').hidden) {
        fail(seen === 'Invalid Device' ? 'Device not accessible. Contact your system administrator.' : seen);
        leave();
      } else banner(seen);
    }
  }

  function onState(state) {
    if (state === 'LOGOUT') {
      leave();
      location.href = '/desktop/container/?locale=en_US&fromlogout=true';
      return;
    }
    if (find('#desktop').hidden) show();
    find('#voice-state-select-headerOptionText').textContent = words[state] ?? state;
    me.since = Date.now();
    const choices = state === 'READY' ? ['NOT_READY'] : state === 'NOT_READY' ? ['READY'] : ['READY', 'NOT_READY'];
    find('#agent-voice-state .menu').replaceChildren(
      ...choices.map((choice) => {
        const option = Object.assign(document.createElement('div'), { textContent: words[choice] });
        option.setAttribute('role', 'option');
        option.addEventListener('click', () => {
          find('#agent-voice-state .menu').hidden = true;
          rest('PUT', `User/${me.id}`, `<User><state>${choice}</state></User>`);
        });
        return option;
      }),
    );
  }

  function onDialog(dialog, verb) {
    const state = textOf(dialog, 'state');
    const control = find('#call-control');
    me.dialog = verb === 'DELETE' ? null : textOf(dialog, 'id');
    control.hidden = me.dialog === null;
    if (me.dialog === null) return;
    const isCalled = textOf(dialog, 'toAddress') === me.extension;
    const other = textOf(dialog, isCalled ? 'fromAddress' : 'toAddress');
    control.querySelector('.title').textContent = `${state === 'ALERTING' ? 'Incoming call' : 'Call'} ${other}`;
    const states = { ANSWER: 'ALERTING', HOLD: 'ACTIVE', RETRIEVE: 'HELD' };
    for (const button of control.querySelectorAll('button')) {
      const { action } = button.dataset;
      button.hidden = action === 'DROP' ? state === 'ALERTING' && isCalled : states[action] !== state;
      if (action === 'ANSWER' && !isCalled) button.hidden = true;
    }
  }

  function onChat(chat) {
    me.chat = textOf(chat, 'id');
    const popover = find('#chat-popover');
    popover.querySelector('.from').textContent = textOf(chat, 'author');
    popover.hidden = textOf(chat, 'state') !== 'OFFERED';
  }

  function banner(text) {
    const shown = find('[class^="alertbanner-content-"]');
    shown.textContent = text;
    shown.hidden = text === '';
  }

  // Three attempts, then the other node, if there is one and the browser takes its certificate.
  async function lost() {
    banner('Lost connection to the server. Trying to reconnect.');
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      try {
        await connect();
        banner('');
        return;
      } catch {
        // The next attempt follows.
      }
    }
    if (config.alternate === null) {
      banner('Lost connection to the server.');
      return;
    }
    const other = `https://${config.alternate}:8445`;
    find('#certificates h2').textContent =
      'Following certificates should be accepted before using Cisco Finesse Desktop';
    await accepted([`${other}/finesse/api/SystemInfo`]);
    location.href = `${other}/desktop/container/?locale=en_US`;
  }

  function show() {
    find('#signin').hidden = true;
    find('#desktop').hidden = false;
    // A layout for each role: who is a supervisor is shown that of supervisors.
    const layout = me.roles.includes('Supervisor') ? 'Supervisor' : 'Agent';
    for (const [at, gadget] of config.gadgets.entries()) {
      if (!gadget.roles.includes(layout)) continue;
      const frame = document.createElement('iframe');
      frame.name = `finesse_gadget_${at}`;
      frame.title = gadget.title;
      frame.src = `/gadgets/ifr?container=default&mid=${at}&view=default&up_loginId=${encodeURIComponent(me.id)}&url=${encodeURIComponent(gadget.url)}`;
      if (gadget.tab === 'chat') {
        frame.style.height = '590px';
        frame.addEventListener('load', () => greet(frame));
        find('section#chat').append(frame);
        find('a[title="Manage Chat and Email"]').hidden = false;
        find('#nonvoice-state-menu').hidden = false;
      } else {
        const heading = Object.assign(document.createElement('h2'), { textContent: gadget.title });
        find('#gadgets').append(heading, frame);
      }
    }
  }

  // The chat gadget asks its own server for the room: it is told who it works for.
  const greet = (frame) =>
    frame.contentWindow.postMessage({ about: 'agent', id: me.id, password: me.password }, location.origin);

  function leave() {
    connection?.disconnect();
    connection = null;
  }

  function turnTo(tab) {
    for (const section of document.querySelectorAll('#desktop section')) section.hidden = section.id !== tab;
    for (const link of document.querySelectorAll('#desktop nav a')) {
      if (link.hash === `#${tab}`) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  }

  const fields = ['username', 'password', 'extension'].map(field);
  const form = find('#signin form');
  form.addEventListener('input', () => {
    find('#signin-button').disabled = fields.some(({ value }) => value === '');
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    find('#signin-error').hidden = true;
    find('#signin-button').disabled = true;
    [me.id, me.password, me.extension] = fields.map(({ value }) => value);
    try {
      const reply = await rest('GET', `User/${encodeURIComponent(me.id)}`);
      if (reply.status !== 200) throw new Error(config.wrongPassword);
      const user = xml(reply.text).documentElement;
      find('#identity-menu .who').textContent = `${textOf(user, 'firstName')} ${textOf(user, 'lastName')}`;
      me.roles = [...user.getElementsByTagName('role')].map(({ textContent }) => textContent);
      await accepted(config.mustBeAccepted);
      await connect();
      const state = textOf(user, 'state');
      if (state === 'LOGOUT') {
        const signIn = xml('<User><state>LOGIN</state><extension/></User>');
        signIn.querySelector('extension').textContent = me.extension;
        await rest('PUT', `User/${me.id}`, new XMLSerializer().serializeToString(signIn));
      } else onState(state);
    } catch (error) {
      leave();
      fail(error.message);
    }
  });
  find('#voice-state-select-headerContainer').addEventListener('click', () => {
    const menu = find('#agent-voice-state .menu');
    menu.hidden = !menu.hidden;
  });
  find('#identity-menu button').addEventListener('click', () =>
    rest('PUT', `User/${me.id}`, '<User><state>LOGOUT</state></User>'),
  );
  for (const button of document.querySelectorAll('#call-control button')) {
    button.addEventListener('click', () =>
      rest(
        'PUT',
        `Dialog/${me.dialog}`,
        `<Dialog><requestedAction>${button.dataset.action}</requestedAction></Dialog>`,
      ),
    );
  }
  for (const link of document.querySelectorAll('#desktop nav a')) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      turnTo(link.hash.slice(1));
    });
  }
  find('#nonvoice-state-menu button').addEventListener('click', async () => {
    const reply = await rest('PUT', `User/${me.id}/Media`, '<Media><state>READY</state></Media>');
    if (reply.status === 202) find('#nonvoice-state-menu .state').textContent = 'Ready';
  });
  find('#chat-popover button').addEventListener('click', async () => {
    await rest('PUT', `User/${me.id}/Media`, `<Media><accept>${me.chat}</accept></Media>`);
    find('#chat-popover').hidden = true;
    turnTo('chat');
  });
  setInterval(() => {
    const seconds = Math.floor((Date.now() - me.since) / 1000);
    find('[role=timer]').textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  }, 1000);
  setInterval(() => {
    if (connection?.connected) {
      connection.sendIQ($iq({ type: 'get', to: config.host }).c('ping', { xmlns: 'urn:xmpp:ping' }));
    }
  }, 10_000);
})();
