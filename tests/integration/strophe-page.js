// Connects a page with Strophe, as the lab's Finesse desktop does.
globalThis.talk = ({ service, jid, password }) =>
  new Promise((resolve, reject) => {
    const connection = new Strophe.Connection(service);
    const onMessage = (message) => {
      heard(message.querySelector('body').textContent);
      return true;
    };
    connection.addHandler(onMessage, null, 'message');
    connection.connect(jid, password, (status) => {
      if (status === Strophe.Status.CONNECTED) {
        globalThis.say = ({ to, words }) => connection.send($msg({ to, type: 'chat' }).c('body').t(words));
        connection.send($pres());
        resolve(connection.jid);
      } else if (status === Strophe.Status.CONNFAIL || status === Strophe.Status.AUTHFAIL) {
        reject(new Error(`Strophe ended with status ${status}`));
      }
    });
  });
