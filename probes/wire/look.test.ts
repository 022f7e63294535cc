import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { usualOffer } from './client-hello.ts';
import { look } from './look.ts';

/** A server beside this thread, which tells through `answered` how many it has answered. */
const server = `
  const { createServer } = require('node:net');
  const { parentPort, workerData } = require('node:worker_threads');
  createServer((socket) => {
    socket.on('error', () => undefined);
    if (workerData.answers) socket.write('SSH-2.0-other\\r\\n');
    Atomics.add(workerData.answered, 0, 1);
    Atomics.notify(workerData.answered, 0);
  }).listen(0, '127.0.0.1', function () { parentPort.postMessage(this.address().port); });
`;

test.each([
  ['is taken', true, { answer: 'not-tls', speech: 'ssh' }],
  ['is late', false, { answer: 'none', failure: { reason: 'timed-out' } }],
] as const)('what came before the deadline while this process was busy %s', async (_what, answers, seen) => {
  const answered = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(server, { eval: true, workerData: { answers, answered } });
  try {
    const [port] = (await once(worker, 'message')) as [number];
    const looked = look({ address: '127.0.0.1', port }, usualOffer(null), { connectMs: 20, probeMs: 40 });
    // A socket connects in the next tick.
    await new Promise<void>((ticked) => process.nextTick(ticked));
    Atomics.wait(answered, 0, 0, 5000);
    expect(Atomics.load(answered, 0)).toBe(1);
    // Longer than both deadlines.
    Atomics.wait(answered, 0, 1, 100);
    expect(await looked).toMatchObject(seen);
  } finally {
    await worker.terminate();
  }
});
