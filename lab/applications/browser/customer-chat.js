// The customer's side of a chat: a form, then events by polling, as the bubble chat of CCP.
(() => {
  const config = JSON.parse(document.getElementById('config').textContent);
  const find = (selector) => document.querySelector(selector);
  const xml = (text) => new DOMParser().parseFromString(text, 'application/xml');
  let last = 0;

  const tag = (name, content) => {
    const made = xml(`<${name}/>`);
    for (const [child, text] of Object.entries(content)) {
      const node = made.createElement(child);
      node.textContent = text;
      made.documentElement.append(node);
    }
    return new XMLSerializer().serializeToString(made);
  };
  const send = (method, path, body) =>
    fetch(`/ccp/chat${path}`, { method, body, headers: { 'content-type': 'application/xml' } });

  function line(text, isMine) {
    const made = Object.assign(document.createElement('div'), { textContent: text, className: isMine ? 'mine' : '' });
    find('#log').append(made);
  }

  async function poll() {
    const reply = await send('GET', `?eventid=${last}&all=false`);
    if (reply.status === 404) return;
    for (const event of xml(await reply.text()).documentElement.children) {
      const text = (name) => event.getElementsByTagName(name)[0]?.textContent ?? '';
      last = Number(text('id'));
      if (event.tagName === 'MessageEvent')
        line(`${text('from')}: ${decodeURIComponent(text('body').replaceAll('+', ' '))}`, false);
      if (event.tagName === 'PresenceEvent') find('.status').textContent = `${text('from')} ${text('status')}`;
      if (event.tagName === 'StatusEvent' && text('status') === 'chat_finished') {
        find('.status').textContent = 'The chat has ended.';
        return;
      }
    }
    setTimeout(poll, 500);
  }

  find('#contact').addEventListener('submit', async (event) => {
    event.preventDefault();
    const contact = xml('<SocialContact/>');
    const add = (parent, name, text) => {
      const node = contact.createElement(name);
      node.textContent = text;
      parent.append(node);
      return node;
    };
    const root = contact.documentElement;
    add(root, 'feedRefURL', config.feed);
    add(root, 'author', find('#name').value);
    add(root, 'title', find('#statement').value);
    const fields = add(root, 'extensionFields', '');
    const values = { Email: find('#email').value, PhoneNumber: find('#phone').value, ccxqueuetag: config.queue };
    for (const [name, value] of Object.entries(values)) {
      const field = add(fields, 'extensionField', '');
      add(field, 'name', name);
      add(field, 'value', value);
    }
    await send('POST', '/', new XMLSerializer().serializeToString(contact));
    find('#contact').hidden = true;
    find('#chat').hidden = false;
    poll();
  });
  find('#say').addEventListener('submit', async (event) => {
    event.preventDefault();
    const body = find('#message').value;
    if (body === '') return;
    find('#message').value = '';
    line(body, true);
    await send('PUT', '', tag('Message', { body }));
  });
  find('[aria-label="close"]').addEventListener('click', () => send('DELETE', ''));
  if (!config.withForm) poll();
})();
