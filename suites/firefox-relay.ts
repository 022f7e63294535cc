import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { WebSocket, WebSocketServer } from 'ws';

/**
 * Stands between Playwright and a stock Firefox, in a process of its own: `firefox-relay.ts PROGRAM ARGUMENT…`. Playwright asks every context for
 * `emulation.setMediaFeaturesOverride`, which releases up to 153 do not know, and no option keeps it from asking. What a page
 * looks like to people with other wishes about colours is no matter here, so not knowing that command is no failure.
 */
const optional = 'emulation.setMediaFeaturesOverride';
const listening = /^WebDriver BiDi listening on (ws:\/\/\S+)/;

const [program = '', ...args] = process.argv.slice(2);
const firefox = spawn(program, args, { stdio: ['ignore', 'inherit', 'pipe'] });
firefox.once('error', ({ message }) => {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
});
firefox.once('exit', (code) => process.exit(code ?? 1));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => firefox.kill(signal));

createInterface({ input: firefox.stderr }).on('line', (line) => {
  const address = listening.exec(line)?.[1];
  if (address === undefined) process.stderr.write(`${line}\n`);
  else relayTo(address);
});

function relayTo(address: string): void {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.once('connection', (playwright, { url }) => {
    const behind = new WebSocket(new URL(url ?? '/', address), { perMessageDeflate: false });
    const asked = new Set<number>();
    const waiting: string[] = [];
    playwright.on('message', (data: Buffer) => {
      const message = data.toString();
      const { id, method } = JSON.parse(message) as { id: number; method: string };
      if (method === optional) asked.add(id);
      if (behind.readyState === WebSocket.OPEN) behind.send(message);
      else waiting.push(message);
    });
    behind.once('open', () => waiting.splice(0).forEach((message) => behind.send(message)));
    behind.on('message', (data: Buffer) => playwright.send(excused(data.toString(), asked)));
    behind.once('close', () => playwright.close());
    behind.once('error', () => playwright.close());
    // Whoever drove it is gone, perhaps killed: nobody else would end it.
    playwright.once('close', () => firefox.kill());
  });
  server.once('listening', () => {
    const bound = server.address();
    const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
    process.stderr.write(`WebDriver BiDi listening on ws://127.0.0.1:${String(port)}\n`);
  });
}

/** An answer as it is; where Firefox does not know the command that it need not know, a success. */
function excused(message: string, asked: Set<number>): string {
  if (asked.size === 0) return message;
  const { id, error } = JSON.parse(message) as { id?: number; error?: string };
  if (id === undefined || !asked.delete(id) || error !== 'unknown command') return message;
  return JSON.stringify({ type: 'success', id, result: {} });
}
