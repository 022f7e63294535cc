import { request } from 'node:http';
import { messageOf } from '#model/errors.ts';
import type { Observation, Observed, ProbeFailure } from '#model/observation.ts';
import { failureOf, openSocket } from './connect.ts';
import type { EndpointTarget } from './endpoint.ts';
import { openTls, type TlsTarget } from './tls.ts';

/** The clock of a web server, or why it was not read. */
type ClockAnswer =
  | { readonly answer: 'clock'; readonly clock: Observed<'clock'> }
  | { readonly answer: 'none'; readonly failure: ProbeFailure };

/**
 * Reads a web server's clock from the Date of one answer to HEAD (RFC 9110 section 6.6.1). It is good to a second, and to half the
 * time the answer took. Sends no secret, and what comes back is only recorded: the peer need not prove itself.
 */
async function readClock(target: TlsTarget, path: string, { probeMs }: { probeMs: number }): Promise<ClockAnswer> {
  const { address, serverName } = target;
  return new Promise((resolve) => {
    const none = (failure: ProbeFailure): void => resolve({ answer: 'none', failure });
    const startedAt = Date.now();
    const asked = request({
      createConnection: () => openTls(openSocket(target), serverName),
      path,
      method: 'HEAD',
      headers: { host: serverName ?? address },
      signal: AbortSignal.timeout(probeMs),
    });
    asked.on('response', (response) => {
      const endedAt = Date.now();
      response.destroy();
      const said = Date.parse(response.headers.date ?? '');
      if (Number.isNaN(said)) {
        none({ reason: 'unexpected-answer', to: `HEAD ${path}`, answer: 'no Date' });
        return;
      }
      const halfway = (startedAt + endedAt) / 2;
      resolve({
        answer: 'clock',
        clock: {
          aheadSeconds: Math.round((said - halfway) / 1000),
          uncertaintySeconds: Math.ceil((endedAt - startedAt) / 2000) + 1,
        },
      });
    });
    asked.on('error', (error: NodeJS.ErrnoException) => {
      if (error.name === 'AbortError' || error.name === 'TimeoutError')
        none({ reason: 'timed-out', stage: 'handshake', afterMs: probeMs });
      else if (error.code?.startsWith('HPE_') === true)
        none({ reason: 'unexpected-answer', to: `HEAD ${path}`, answer: messageOf(error) });
      else none(failureOf(error, 'handshake'));
    });
    asked.end();
  });
}

/** Records the clock of a port whose page is at this path; nothing where there is no way to it. */
export async function recordClock(
  { place, connect }: EndpointTarget,
  path: string,
  limits: { readonly probeMs: number },
): Promise<Observation[]> {
  if (connect === null) return [];
  const common = { kind: 'clock', place, at: new Date().toISOString() } as const;
  const read = await readClock({ ...connect, serverName: place.serverName }, path, limits);
  return [
    read.answer === 'clock'
      ? { ...common, outcome: 'recorded', value: read.clock }
      : { ...common, outcome: 'failed', failure: read.failure },
  ];
}
