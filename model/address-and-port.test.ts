import { expect, test } from 'vitest';
import { addressAndPort } from './address-and-port.ts';

test.each([
  ['127.0.0.1:8443', '127.0.0.1', 8443],
  ['jump.example.com:22', 'jump.example.com', 22],
  ['[2001:db8::1]:443', '2001:db8::1', 443],
])('%s', (text, host, port) => {
  expect(addressAndPort(text)).toEqual({ host, port });
});
