import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toPem } from '#model/pem.ts';
import { authority, certificate, sequence, tlv } from '#tests/support/certificates.ts';
import { request, requestPem } from '#tests/support/requests.ts';
import { Unreadable } from './contents.ts';
import { largestFile, readFile } from './read-file.ts';

const root = authority('Root CA');
const leaf = certificate({ issuer: root });
const [leafPem, rootPem] = [toPem(leaf.der), toPem(root.der)];
const bytes = (text: string): Buffer => Buffer.from(text);
const key = execFileSync('openssl', ['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'], {
  stdio: 'pipe',
});

describe('PEM', () => {
  const held = [
    { holds: 'certificate', certificate: leaf.sha256 },
    { holds: 'certificate', certificate: root.sha256 },
  ];
  test.each([
    ['as it is', leafPem + rootPem],
    ['with text around', `subject=CN = x\n${leafPem}\nsome words\n${rootPem}trailer`],
    ['with CRLF', (leafPem + rootPem).replaceAll('\n', '\r\n')],
    ['with CR alone', (leafPem + rootPem).replaceAll('\n', '\r')],
    ['with blanks at the ends of lines', (leafPem + rootPem).replaceAll('\n', ' \n')],
    [
      'on one long line',
      `-----BEGIN CERTIFICATE-----\n${Buffer.from(leaf.der).toString('base64')}\n-----END CERTIFICATE-----\n${rootPem}`,
    ],
    ['with a byte order mark', `\ufeff${leafPem}${rootPem}`],
    ['with the older label', (leafPem + rootPem).replaceAll('CERTIFICATE', 'X509 CERTIFICATE')],
  ])('%s', (_, text) => {
    expect(readFile(bytes(text)).contents).toMatchObject({ format: 'PEM', parts: held });
  });

  test('as Windows writes Unicode', () => {
    const text = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(leafPem, 'utf16le')]);
    expect(readFile(text).contents).toMatchObject({ format: 'PEM', hasByteOrderMark: true, parts: [held[0]] });
  });

  test.each([
    ['a hyphen too few', leafPem.replace('-----BEGIN', '----BEGIN'), /line 1 must read -----BEGIN CERTIFICATE-----/],
    ['an en dash', leafPem.replace('-----BEGIN', '\u2013----BEGIN'), /line 1 must read/],
    ['small letters', leafPem.replace('BEGIN CERTIFICATE', 'begin CERTIFICATE'), /line 1 must read/],
    ['another END', leafPem.replace('END CERTIFICATE', 'END PKCS7'), /begins as CERTIFICATE and ends as PKCS7/],
    ['no END', leafPem.replace(/-----END.*\n/, ''), /no END line/],
    ['no BEGIN', leafPem.replace(/-----BEGIN.*\n/, ''), /no BEGIN line/],
    ['a character that is no base64', leafPem.replace(/\n[A-Za-z0-9]/, '\n*'), /line 2 has "\*" \(U\+002A\)/],
    ['a hidden character', leafPem.replace(/\n[A-Za-z0-9]/, '\n\u200e'), /line 2 has U\+200E/],
    ['base64 cut off', leafPem.replace(/.\n-----END/, '\n-----END'), /cut off or padded/],
    ['nothing in it', '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n', /empty/],
  ])('with %s between two good ones is said to be broken, and where', (_, block, reason) => {
    const { parts } = readFile(bytes(rootPem + block + leafPem)).contents;
    const broken = parts.find((part) => part.holds === 'broken');
    expect(
      broken?.reason.replace(
        /line \d+/,
        (line) => `line ${String(Number(line.slice(5)) - rootPem.split('\n').length + 1)}`,
      ),
    ).toMatch(reason);
    expect(parts.filter(({ holds }) => holds === 'certificate')).toHaveLength(2);
  });

  test('a private key is named and not kept', () => {
    const read = readFile(Buffer.concat([bytes(leafPem), key]));
    expect(read.contents.parts[1]).toEqual({ holds: 'private-key', isEncrypted: false });
    const text =
      JSON.stringify(read.contents) +
      [...read.certificates.values()].map((der) => Buffer.from(der).toString('base64')).join();
    const secret = key.toString().split('\n')[1] ?? '';
    expect(secret.length).toBeGreaterThan(40);
    expect(text).not.toContain(secret);
  });
});

test('a certificate in DER, and what was cut off of one', () => {
  expect(readFile(leaf.der).contents).toMatchObject({ format: 'DER', parts: [{ holds: 'certificate' }] });
  expect(readFile(leaf.der.subarray(0, 200)).contents).toMatchObject({
    format: 'DER',
    parts: [{ holds: 'certificate' }],
  });
});

describe('a certification request', () => {
  test.each([
    ['in PEM', bytes(requestPem()), 'PEM'],
    ['in DER', request(), 'PKCS #10'],
    ['under the label of keytool', bytes(requestPem().replaceAll('CERTIFICATE', 'NEW CERTIFICATE')), 'PEM'],
  ])('%s', (_, content, format) => {
    const read = readFile(content);
    expect(read.contents).toMatchObject({ format, parts: [{ holds: 'request', der: expect.any(String) as string }] });
  });

  test('that was changed after it was made is said to be', () => {
    const { parts } = readFile(request({ tampered: true })).contents;
    expect(parts).toMatchObject([{ holds: 'broken', reason: expect.stringContaining('does not verify') as string }]);
  });
});

describe('a thumbprint as text', () => {
  const digits = 'a909502dd82ae41433e6f83886b00d4277a32a7b';
  const spaced = digits.replace(/..(?=.)/g, '$& ');
  test.each([
    ['plain', digits, []],
    ['with blanks', spaced, []],
    ['with colons', digits.replace(/..(?=.)/g, '$&:'), []],
    ['as the Windows dialog gives it', `\u200e${spaced}`, ['U+200E']],
    ['in a value with a name', `certificate.thumbprint = \u200e${digits}`, ['U+200E']],
    ['after a colon', `Thumbprint: ${digits}\u00a0`, ['U+00A0']],
    ['of SHA-256', `${digits}${digits.slice(0, 24)}\u200b`, ['U+200B']],
  ])('%s', (_, text, hidden) => {
    const { contents } = readFile(bytes(`first line\n${text}\n`));
    expect(contents).toMatchObject({ format: 'text', parts: [{ holds: 'thumbprint', line: 2, hidden }] });
  });
});

test.each([
  ['nothing', '', /empty/],
  ['words', 'hello\n', /no line of it begins a certificate/],
  ['a web page', '<!doctype html><html></html>', /web page/],
  ['base64 alone', Buffer.from(leaf.der).toString('base64'), /without BEGIN and END/],
  ['octets', '\0\u0001\u0002\u0003', /no format/],
  ['too much', Buffer.alloc(largestFile + 1), /more than 16 MB/],
])('%s is no file of ours, and the message says what to do', (_, content, message) => {
  const read = (): unknown => readFile(typeof content === 'string' ? bytes(content) : content);
  expect(read).toThrow(Unreadable);
  expect(read).toThrow(message);
});

describe('whatever the bytes', () => {
  /** Reads, and says whether it ended as it may: an answer, or `Unreadable`. */
  const ends = (content: Uint8Array): boolean => {
    try {
      readFile(content, 'password');
      return true;
    } catch (error) {
      if (error instanceof Unreadable) return true;
      throw error;
    }
  };
  const u4 = (value: number): Buffer => {
    const octets = Buffer.alloc(4);
    octets.writeUInt32BE(value);
    return octets;
  };
  const javaKeystore = Buffer.concat([
    Buffer.from('cececece0000000200000001', 'hex'),
    Buffer.from('0000000200017800000000000000010005582e353039', 'hex'),
    u4(leaf.der.length),
    leaf.der,
    Buffer.alloc(20),
  ]);
  const pkcs12 = execFileSync('openssl', ['pkcs12', '-export', '-nokeys', '-passout', 'pass:password'], {
    input: rootPem,
  });
  const samples = [leaf.der, javaKeystore, pkcs12, bytes(leafPem + rootPem), key];

  test('random ones', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), ends), { numRuns: 2000 });
  });

  test('good ones with octets changed, cut or put in', () => {
    const change = fc.record({
      sample: fc.constantFrom(...samples),
      at: fc.nat(4000),
      cut: fc.nat(40),
      put: fc.uint8Array({ maxLength: 8 }),
    });
    fc.assert(
      fc.property(change, ({ sample, at, cut, put }) => {
        const place = at % sample.length;
        return ends(Buffer.concat([sample.subarray(0, place), put, sample.subarray(place + cut)]));
      }),
      { numRuns: 1500 },
    );
  });

  test('those that begin as a key store and then lie about lengths', () => {
    const head = fc.constantFrom(
      'feedfeed00000002',
      'cececece00000002',
      'cececece00000001',
      '308203',
      '30800609',
      '3080020103',
    );
    fc.assert(
      fc.property(head, fc.uint8Array({ maxLength: 200 }), (begin, rest) =>
        ends(Buffer.concat([Buffer.from(begin, 'hex'), rest])),
      ),
      { numRuns: 3000 },
    );
  });

  test.each([
    ['indefinite lengths within one another', Buffer.from('3080'.repeat(200_000), 'hex')],
    ['a million empty values', sequence(Buffer.alloc(4_000_000, Buffer.from('0500', 'hex')))],
    ['a key store that says it has two thousand million entries', Buffer.from('feedfeed000000027fffffff', 'hex')],
    ['a certificate that says it has four thousand million octets', Buffer.from('3084ffffffff3000', 'hex')],
    ['a PKCS #12 with a count of rounds that nobody waits for', roundsOf(pkcs12)],
    ['a megabyte of hyphens', Buffer.alloc(1_000_000, '-')],
    ['a megabyte of hidden characters', bytes('\u200e'.repeat(300_000))],
    ['blanks without end', bytes(`MI${' '.repeat(1_000_000)}!`)],
    ['half a million lines that begin a block', bytes('-----BEGIN X-----\n'.repeat(500_000))],
  ])('%s take no time', (_, content) => {
    const started = process.hrtime.bigint();
    expect(ends(content)).toBe(true);
    expect(Number((process.hrtime.bigint() - started) / 1_000_000n)).toBeLessThan(3000);
  });
});

/** The iteration count of the MAC, the last value of the file, made two thousand million. */
function roundsOf(pkcs12: Buffer): Buffer {
  const count = Buffer.from('02020800', 'hex');
  expect(pkcs12.subarray(-4)).toEqual(count);
  const [content, mac] = [pkcs12.subarray(4, -4), tlv(0x02, Buffer.from('7fffffff', 'hex'))];
  return Buffer.concat([Buffer.from([0x30, 0x80]), content, mac, Buffer.from([0, 0])]);
}
