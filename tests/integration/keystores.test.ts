import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFile } from '#keystores/read-file.ts';
import type { FilePart } from '#model/certificate-file.ts';
import { certificatesOfPem } from '#model/pem.ts';
import { sha256 } from '#model/digest.ts';
import { Folder, runProgram } from './servers.ts';
import { node } from './uccert.ts';

/** Key stores that Java's own keytool and openssl made, read by us and compared with what those two print of them. */
const stack = new DisposableStack();
const password = 'Cvp-12345';
const keyPassword = 'another-one';
const env = { LC_ALL: 'C', KSPW: password, KEYPW: keyPassword };
let cwd: string;

const quick = ['-J-XX:TieredStopAtLevel=1', '-J-XX:+UseSerialGC'];
const keytool = (args: readonly string[]): Promise<void> => runProgram('keytool', [...quick, ...args], { cwd, env });
const openssl = (args: readonly string[]): Promise<void> => runProgram('openssl', args, { cwd, env });
const inFolder = (name: string): Buffer => readFileSync(join(cwd, name));
const read = (name: string, secret: string | null = null): ReturnType<typeof readFile> =>
  readFile(inFolder(name), secret);
const digestsOf = (pem: string): string[] => certificatesOfPem(inFolder(pem).toString('latin1')).map(sha256);

const stores = [
  { type: 'JKS', file: 'jks', more: [] },
  { type: 'JCEKS', file: 'jceks', more: [] },
  { type: 'PKCS12', file: 'p12', more: [] },
  // As the Java of CVP 12.5 writes it: RC2 of 40 bits for the certificates, triple DES for the key.
  { type: 'PKCS12', file: 'old.p12', more: ['-J-Dkeystore.pkcs12.legacy'] },
] as const;

beforeAll(async () => {
  cwd = stack.use(new Folder()).path;
  await openssl([
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'root.key', '-out', 'root.pem', '-days', '30'],
    ...['-subj', '/CN=Root CA'],
  ]);
  for (const { type, file, more } of stores) {
    const store = [...more, '-storetype', type, '-keystore', file, '-storepass:env', 'KSPW'];
    const dn = 'CN=cvp1.example.com,O=Example,C=US';
    await keytool([
      ...['-genkeypair', '-alias', 'wsm_certificate', '-keyalg', 'RSA', '-keysize', '2048', '-validity', '30'],
      ...['-dname', dn, '-keypass:env', 'KSPW', ...store],
    ]);
    await keytool([
      '-certreq',
      '-alias',
      'wsm_certificate',
      '-ext',
      'san=dns:cvp1.example.com',
      '-file',
      `${file}.csr`,
      ...store,
    ]);
    await openssl([
      ...['x509', '-req', '-in', `${file}.csr`, '-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial'],
      ...['-out', `${file}.cer`, '-days', '20', '-copy_extensions', 'copyall'],
    ]);
    await keytool(['-import', '-noprompt', '-trustcacerts', '-alias', 'root', '-file', 'root.pem', ...store]);
    await keytool([
      '-import',
      '-noprompt',
      '-trustcacerts',
      '-alias',
      'wsm_certificate',
      '-file',
      `${file}.cer`,
      ...store,
    ]);
    await runProgram('sh', ['-c', `keytool ${quick.join(' ')} -list -rfc ${store.join(' ')} > ${file}.txt`], {
      cwd,
      env,
    });
  }
});
afterAll(() => stack.dispose());

const entries = (parts: readonly FilePart[]): unknown[] =>
  parts
    .map((part) =>
      part.holds === 'key-entry'
        ? [part.alias, part.key, part.chain]
        : part.holds === 'trusted-entry'
          ? [part.alias, part.certificate]
          : part,
    )
    .sort();

describe.each(stores)('keytool $type ($file)', ({ file, type }) => {
  test('with the password holds what keytool -list -rfc prints', () => {
    const { contents, certificates } = read(file, password);
    const [leaf, root] = [digestsOf(`${file}.cer`)[0], digestsOf('root.pem')[0]];
    expect(contents.integrity).toBe('verified');
    expect(entries(contents.parts)).toEqual([
      ['root', root],
      ['wsm_certificate', 'opened', [leaf, root]],
    ]);
    expect([...certificates.keys()].sort()).toEqual([...new Set(digestsOf(`${file}.txt`))].sort());
    const text = inFolder(`${file}.txt`).toString();
    for (const part of contents.parts) if ('alias' in part) expect(text).toContain(`Alias name: ${part.alias}`);
  });

  test('with a wrong password says so, and lists what needs none', () => {
    const { contents } = read(file, 'wrong');
    expect(contents.integrity).toBe('refused');
    if (type === 'PKCS12') expect(contents.parts).toMatchObject([{ holds: 'locked' }]);
    else expect(entries(contents.parts)).toHaveLength(2);
  });

  test('without a password lists what needs none', () => {
    const { contents } = read(file);
    expect(contents.integrity).toBe('not-checked');
    if (type === 'PKCS12') expect(contents.parts.map(({ holds }) => holds)).toContain('locked');
    else
      expect(contents.parts.map((part) => 'created' in part && part.created)).toEqual([
        expect.any(String),
        expect.any(String),
      ]);
  });

  test('its request is read, asks for its name and is signed by its key', () => {
    expect(read(`${file}.csr`).contents).toMatchObject({ format: 'PEM', parts: [{ holds: 'request' }] });
  });
});

describe('a key with a password of its own', () => {
  test.each(['JKS', 'JCEKS'])('in %s is refused the password of the store', async (type) => {
    const store = ['-storetype', type, '-keystore', `own.${type}`, '-storepass:env', 'KSPW'];
    await keytool([
      ...['-genkeypair', '-alias', 'vxml_certificate', '-keyalg', 'RSA', '-keysize', '2048', '-dname', 'CN=vxml'],
      ...['-keypass:env', 'KEYPW', ...store],
    ]);
    expect(read(`own.${type}`, password).contents).toMatchObject({
      integrity: 'verified',
      parts: [{ holds: 'key-entry', alias: 'vxml_certificate', key: 'refused' }],
    });
    expect(read(`own.${type}`, keyPassword).contents).toMatchObject({
      integrity: 'refused',
      parts: [{ key: 'opened' }],
    });
  });
});

describe('openssl', () => {
  const pkcs12 = [
    'pkcs12',
    '-export',
    '-inkey',
    'root.key',
    '-in',
    'root.pem',
    '-name',
    'friendly',
    '-passout',
    'env:KSPW',
  ];
  test.each([
    { title: 'as it is', more: [] },
    { title: 'as OpenSSL 1 wrote it: RC2 and triple DES', more: ['-legacy'] },
    { title: 'with RC2 of 128 bits', more: ['-legacy', '-certpbe', 'PBE-SHA1-RC2-128', '-keypbe', 'PBE-SHA1-RC2-40'] },
    {
      title: 'with AES of 128 bits and SHA-512',
      more: ['-certpbe', 'AES-128-CBC', '-keypbe', 'AES-192-CBC', '-macalg', 'sha512'],
    },
    { title: 'without encryption', more: ['-certpbe', 'NONE', '-keypbe', 'NONE'], key: 'not-tried' },
    { title: 'without a MAC', more: ['-nomac'], integrity: 'not-checked' },
  ])('PKCS #12 $title', async ({ more, key = 'opened', integrity = 'verified' }) => {
    await openssl([...pkcs12, ...more, '-out', 'x.p12']);
    expect(read('x.p12', password).contents).toMatchObject({
      format: 'PKCS #12',
      integrity,
      parts: [{ holds: 'key-entry', alias: 'friendly', chain: digestsOf('root.pem'), key }],
    });
  });

  test('PKCS #12 without encryption is listed without the password', async () => {
    await openssl([...pkcs12, '-certpbe', 'NONE', '-keypbe', 'NONE', '-out', 'open.p12']);
    expect(read('open.p12').contents.parts).toMatchObject([{ holds: 'key-entry', chain: digestsOf('root.pem') }]);
  });

  test.each(['DER', 'PEM'])('PKCS #7 in %s holds the certificates it was made of', async (form) => {
    writeFileSync(join(cwd, 'all.pem'), Buffer.concat([inFolder('root.pem'), inFolder('jks.cer')]));
    await openssl(['crl2pkcs7', '-nocrl', '-certfile', 'all.pem', '-outform', form, '-out', 'all.p7b']);
    const { contents } = read('all.p7b');
    expect(contents.format).toBe(form === 'DER' ? 'PKCS #7' : 'PEM');
    expect(contents.parts.map((part) => 'certificate' in part && part.certificate).sort()).toEqual(
      digestsOf('all.pem').sort(),
    );
  });

  test.each(['x509', 'req', 'pkey', 'pkcs8'])('%s in DER is what it is', async (command) => {
    const [from, holds] = {
      x509: ['root.pem', 'certificate'],
      req: ['jks.csr', 'request'],
      pkey: ['root.key', 'private-key'],
      pkcs8: ['root.key', 'private-key'],
    }[command] as [string, string];
    const more = command === 'pkcs8' ? ['-topk8', '-passout', 'env:KSPW'] : [];
    await openssl([command, '-in', from, '-outform', 'DER', '-out', 'x.der', ...more]);
    expect(read('x.der').contents.parts).toMatchObject([{ holds }]);
  });
});

describe('what uccert check predicts, keytool says', () => {
  const store = ['-storetype', 'JCEKS', '-keystore', 'cvp.keystore', '-storepass:env', 'KSPW'];
  const predicted = async (reply: string): Promise<string> => {
    using state = new Folder();
    const { out } = await node(
      [
        resolve('cli/main.ts'),
        'check',
        join(cwd, reply),
        '--machine-type',
        'CVP',
        '--store',
        join(cwd, 'cvp.keystore'),
        '--verbose',
      ],
      { UCCERT_STATE: state.path, NO_COLOR: '1' },
    );
    return /keytool: would say "(.*?)" \(tried\)/.exec(out.replace(/\s+/g, ' '))?.[1] ?? 'nothing';
  };
  const said = async (reply: string): Promise<string> => {
    const command = `keytool ${quick.join(' ')} -import -noprompt -alias wsm_certificate -file ${reply} ${store.join(' ')}`;
    await runProgram('sh', ['-c', `${command} > said.txt 2>&1 || true`], { cwd, env });
    const text = inFolder('said.txt').toString();
    return (
      /^keytool error: java[^:]*: (.*)$/m.exec(text)?.[1] ??
      (text.includes('was installed in keystore') ? 'nothing' : text)
    );
  };
  const agree = async (reply: string, words: string): Promise<void> => {
    expect(await predicted(reply)).toBe(words);
    expect(await said(reply)).toBe(words);
  };

  test('of a reply before its root, for another key, at its time, and again', async () => {
    await keytool([
      ...[
        '-genkeypair',
        '-alias',
        'wsm_certificate',
        '-keyalg',
        'RSA',
        '-keysize',
        '2048',
        '-dname',
        'CN=cvp1.example.com',
      ],
      ...['-keypass:env', 'KSPW', ...store],
    ]);
    await keytool([
      '-certreq',
      '-alias',
      'wsm_certificate',
      '-ext',
      'san=dns:cvp1.example.com',
      '-file',
      'cvp.csr',
      ...store,
    ]);
    await openssl([
      ...['x509', '-req', '-in', 'cvp.csr', '-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial'],
      ...['-out', 'cvp.cer', '-days', '20', '-copy_extensions', 'copyall'],
    ]);
    await agree('cvp.cer', 'Failed to establish chain from reply');
    await agree('jks.cer', "Public keys in reply and keystore don't match");
    await keytool(['-import', '-noprompt', '-alias', 'root', '-file', 'root.pem', ...store]);
    await agree('cvp.cer', 'nothing');
    await agree('cvp.cer', 'Certificate reply and certificate in keystore are identical');
  });
});
