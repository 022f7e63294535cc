import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { Speech } from '#model/observation.ts';
import { speechOf } from './speech.ts';

describe('the speech of a peer that speaks no TLS', () => {
  test.each([
    ['HTTP/1.1 400 Bad Request\r\n', 'http'],
    ['HTTP/1.0 200 OK\r\n', 'http'],
    ['<!DOCTYPE html>', 'http'],
    ['<html><body>', 'http'],
    ['SSH-2.0-OpenSSH_9.2p1\r\n', 'ssh'],
    ['220 mail.example.com ESMTP\r\n', 'smtp'],
    ['220-mail.example.com\r\n', 'smtp'],
    ["<?xml version='1.0'?><stream:stream", 'xmpp'],
    ['<stream:error>', 'xmpp'],
    ['', 'unknown'],
    ['H', 'unknown'],
    ['HTTPS is not spoken here', 'unknown'],
    ['2200', 'unknown'],
    [' SSH-2.0', 'unknown'],
    ['\u0016\u0003\u0003', 'unknown'],
  ] as const)('%j is %s', (text, speech) => {
    expect(speechOf(Buffer.from(text, 'latin1'))).toBe(speech);
  });

  test('any bytes have one', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => Speech.safeParse(speechOf(bytes)).success));
  });
});
