import type { BrowserView } from '#model/browser-view.ts';
import { certificateErrors, predictChrome, versionError, type ChromeError, type ChromeVisit } from './chrome.ts';
import type { ClientTrust, Presented } from './define-fault.ts';
import { refusedModern } from './negotiated.ts';
import type { Scene } from './scene.ts';

/** What Chrome is predicted to make of the ports that people open, through the eyes of every client that opens them and does not browse with Firefox. */
export function browserViews(scene: Scene): BrowserView[] {
  const known = new Map<Presented, Map<ClientTrust, readonly ChromeError[]>>();
  const errorsOf = (visit: ChromeVisit): readonly ChromeError[] => {
    const ofPresented = known.get(visit.presented) ?? new Map<ClientTrust, readonly ChromeError[]>();
    known.set(visit.presented, ofPresented);
    const errors = ofPresented.get(visit.client) ?? certificateErrors(visit);
    ofPresented.set(visit.client, errors);
    return errors;
  };
  return scene.endpoints
    .filter(({ listener }) => listener === null || listener.page !== undefined)
    .flatMap((endpoint) => {
      const presented = scene.presented(endpoint);
      const isOld = refusedModern(scene.obtain('tls-handshake', endpoint.place)) === true;
      if ('missing' in presented && !isOld) return [];
      const { machine, port, address, serverName } = endpoint.place;
      const known = scene.clientsOf(endpoint).filter(({ unread, browser }) => unread === null && browser !== 'firefox');
      return known.map((client): BrowserView => {
        const view = { machine, port, address, serverName, client: client.id };
        // Nothing presented is judged where no version is agreed on.
        if ('missing' in presented || isOld) return { ...view, chrome: versionError };
        const visit = { host: endpoint.host, presented: presented.value, client, now: scene.context.now };
        return { ...view, chrome: predictChrome(visit, errorsOf(visit)) };
      });
    });
}
