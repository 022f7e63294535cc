// The agent's chat room: XMPP over BOSH to the server of the chats.
(() => {
  const config = JSON.parse(document.getElementById('config').textContent);
  const find = (selector) => document.querySelector(selector);
  const server = `https://${config.host}:7443/`;
  let connection = null;
  let room = null;
  let me = null;

  const say = (text) => {
    find('.status').textContent = text;
  };

  function line(text, isMine) {
    find('#log').append(
      Object.assign(document.createElement('div'), { textContent: text, className: isMine ? 'mine' : '' }),
    );
  }

  function onMessage(message) {
    const invitation = message.querySelector('x[jid]');
    const body = message.querySelector('body');
    if (invitation !== null) {
      room = invitation.getAttribute('jid');
      connection.send($pres({ to: `${room}/${me.id}` }));
      find('#room h2').textContent = 'Chat';
      find('#log').replaceChildren();
      find('#room').hidden = false;
      say('');
    } else if (body !== null) {
      const from = message.getAttribute('from').split('/')[1];
      line(`${from}: ${body.textContent}`, false);
    }
    return true;
  }

  function onPresence(presence) {
    if (presence.getAttribute('type') === 'unavailable' && presence.getAttribute('from').startsWith(`${room}/`)) {
      find('#room').hidden = true;
      say('No active chats');
    }
    return true;
  }

  async function start() {
    if (!(await answers(server))) {
      find('#launch').hidden = false;
      while (!(await answers(server))) await new Promise((resolve) => setTimeout(resolve, 1000));
      find('#launch').hidden = true;
    }
    connection = new Strophe.Connection(config.service, { mechanisms: [Strophe.SASLPlain] });
    connection.addHandler(onMessage, null, 'message', null, null, null);
    connection.addHandler(onPresence, null, 'presence', null, null, null);
    connection.connect(`${me.id}@${config.host}/chat`, me.password, (status) => {
      if (status === Strophe.Status.CONNECTED) {
        connection.send($pres());
        say('No active chats');
      } else if (status === Strophe.Status.CONNFAIL || status === Strophe.Status.AUTHFAIL) say('Chat is not available');
    });
  }

  addEventListener('message', ({ data, origin }) => {
    if (origin !== location.origin || data?.about !== 'agent' || me !== null) return;
    me = data;
    start();
  });
  find('#launch button').addEventListener('click', () => open(server, 'SM_CERT_PAGE'));
  find('#say').addEventListener('submit', (event) => {
    event.preventDefault();
    const text = find('#message').value;
    if (text === '') return;
    find('#message').value = '';
    connection.send($msg({ to: room, type: 'groupchat' }).c('body').t(text));
  });
  find('#say [type="button"]').addEventListener('click', () => {
    connection.send($pres({ to: `${room}/${me.id}`, type: 'unavailable' }));
  });
})();
