// The Live Data gadget of the lab: what Socket.IO pushes (Engine.IO 3 frames over WebSocket), and what there was before it.
(async () => {
  const config = JSON.parse(document.getElementById('config').textContent);
  const status = document.querySelector('.status');
  const table = document.querySelector('table');
  const records = new Map();

  const say = (text) => {
    status.textContent = text;
    status.hidden = text === '';
  };

  function draw() {
    const row = (cells, name) => {
      const made = document.createElement('tr');
      made.append(...cells.map((text) => Object.assign(document.createElement(name), { textContent: String(text) })));
      return made;
    };
    table.querySelector('thead').replaceChildren(
      row(
        config.columns.map(([, title]) => title),
        'th',
      ),
    );
    const keys = config.columns.map(([key]) => key);
    table.querySelector('tbody').replaceChildren(
      ...[...records.values()].map((record) =>
        row(
          keys.map((key) => record[key] ?? ''),
          'td',
        ),
      ),
    );
    table.hidden = false;
  }

  // A gadget of this kind says which certificate to accept, and waits until it was.
  async function accepted(url) {
    say('Checking connectivity…');
    if (await answers(url)) return;
    say('Accept the certificate of this server to see live data: ');
    const link = Object.assign(document.createElement('a'), {
      href: url,
      target: '_blank',
      textContent: new URL(url).host,
    });
    status.append(link);
    while (!(await answers(url))) await new Promise((resolve) => setTimeout(resolve, 1000));
  }

  if (config.push === null) {
    say('No Live Data server is configured.');
    return;
  }
  await accepted(`https://${config.push.at}${config.push.acceptance}`);
  const { token } = await (await fetch(`${config.services}/token`)).json();

  // Only once all changes are pushed: one between a snapshot and a subscription would be missed for good. What was pushed meanwhile is newer.
  async function takeSnapshot(pushed) {
    const snapshot = await (await fetch(`${config.services}/${config.statistics}`)).json();
    for (const event of snapshot) if (!pushed.has(event.id)) records.set(event.id, event[config.statistics]);
    draw();
  }

  function connect() {
    const pushed = new Set();
    const socket = new WebSocket(`wss://${config.push.at}/socket.io/?token=${token}&EIO=3&transport=websocket`);
    let beat = null;
    socket.addEventListener('message', ({ data }) => {
      if (data.startsWith('0')) {
        beat = setInterval(() => socket.send('2'), JSON.parse(data.slice(1)).pingInterval / 2);
      } else if (data === '40') {
        socket.send(`42${JSON.stringify(['subscribe', `${config.statistics}=*`])}`);
      } else if (data.startsWith('42')) {
        const [name, event] = JSON.parse(data.slice(2));
        const record = name === 'message' ? event[config.statistics] : undefined;
        if (name === 'subscribed') takeSnapshot(pushed).catch(giveUp);
        if (record !== undefined) {
          pushed.add(event.id);
          records.set(event.id, record);
          if (!table.hidden) draw();
          table.dataset.updates = String(Number(table.dataset.updates ?? 0) + 1);
        }
      }
    });
    socket.addEventListener('close', () => {
      clearInterval(beat);
      say('Connection lost. Reconnecting…');
      setTimeout(connect, 2000);
    });
    socket.addEventListener('open', () => say(''));
  }

  connect();
})().catch(giveUp);

function giveUp(error) {
  const status = document.querySelector('.status');
  status.textContent = `Live data is not available: ${error.message}`;
  status.hidden = false;
}
