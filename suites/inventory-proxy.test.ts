import { createServer, request } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import type { Machine } from '#model/inventory.ts';
import { MachineId } from '#model/names.ts';
import { placeOf, startInventoryProxy } from './inventory-proxy.ts';

const machine: Machine = {
  id: MachineId.parse('uccx1'),
  type: 'UCCX_PUBLISHER',
  fqdn: 'uccx1.example.com',
  release: '12.5(1)SU3',
  address: '192.0.2.7',
  certificates: null,
  ports: [443],
  connect: { '8445': '127.0.0.1:40445', '7443': '[::1]:40443' },
};

test.each([
  ['its address', 443, { host: '192.0.2.7', port: 443 }],
  ['where the port is reached', 8445, { host: '127.0.0.1', port: 40445 }],
  ['where the port is reached by IPv6', 7443, { host: '::1', port: 40443 }],
])('a name goes to %s', (_, port, place) => {
  expect(placeOf({ host: 'UCCX1.example.com', port }, [machine])).toEqual(place);
});

test('a name without an address is left to the resolver, and no other name is', () => {
  const unknown = { ...machine, address: null };
  expect(placeOf({ host: 'uccx1.example.com', port: 443 }, [unknown])).toEqual({
    host: 'uccx1.example.com',
    port: 443,
  });
  expect(placeOf({ host: 'www.example.com', port: 443 }, [unknown])).toBeNull();
});

test('what is sent passes through, and what cannot be reached has its status', async () => {
  await using web = createServer((_, response) => response.end('as it was sent')).listen(0, '127.0.0.1');
  await once(web, 'listening');
  const connect = {
    '443': `127.0.0.1:${String((web.address() as AddressInfo).port)}`,
    // The tcpmux port: nobody listens there.
    '8445': '127.0.0.1:1',
  };
  await using proxy = await startInventoryProxy([{ ...machine, connect }]);
  const ask = async (path: string): Promise<{ status: number | undefined; body: string }> => {
    const asking = request({ host: proxy.host, port: proxy.port, method: 'CONNECT', path });
    asking.end();
    const [{ statusCode: status }, socket] = (await once(asking, 'connect')) as [
      { statusCode?: number },
      NodeJS.ReadWriteStream,
    ];
    if (status !== 200) return { status, body: '' };
    socket.end('GET / HTTP/1.1\r\nHost: uccx1\r\nConnection: close\r\n\r\n');
    let body = '';
    for await (const part of socket) body += String(part);
    return { status, body };
  };

  const { status, body } = await ask('uccx1.example.com:443');
  expect(status).toBe(200);
  expect(body).toContain('as it was sent');
  expect(await ask('uccx1.example.com:8445')).toMatchObject({ status: 503 });
  expect(await ask('www.example.com:443')).toMatchObject({ status: 404 });
});
