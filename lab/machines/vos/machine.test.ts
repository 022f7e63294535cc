import { once } from 'node:events';
import { connect } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startTestLab, type TestLab } from '#tests/support/lab.ts';
import { Person } from '#tests/support/prompt.ts';
import type { Place } from '../listen.ts';
import { replicasOf } from './cluster.ts';
import type { VosMachine } from './machine.ts';

/** The fingerprint of what a port presents to whoever trusts the anchors. */
async function presented(place: Place, servername: string, anchors: readonly string[]): Promise<string> {
  const socket = connect({ host: place.address, port: place.port, servername, ca: [...anchors] });
  await once(socket, 'secureConnect');
  const { fingerprint256 } = socket.getPeerCertificate();
  socket.destroy();
  return fingerprint256;
}

describe('a VOS machine', () => {
  let up: TestLab;
  let machine: VosMachine;
  const people: Person[] = [];

  beforeAll(async () => {
    up = await startTestLab('127.104.0.0/16', {
      manners: { restartMilliseconds: 10, rebootMilliseconds: 50 },
    });
    machine = up.lab.vos('uccx1');
  });
  afterEach(async () => {
    for (const { client } of people.splice(0)) client.end();
    await up.lab.reset();
  });
  afterAll(() => up[Symbol.asyncDispose]());

  async function signIn(of = machine): Promise<Person> {
    const person = await Person.signIn(up.lab, of);
    people.push(person);
    return person;
  }

  test('a reboot takes every port along, SSH too, and comes back with what is on disk', async () => {
    const person = await signIn();
    await machine.regenerate();
    await machine.stopService('Cisco Identity Service');
    const closed = once(person.client, 'close');
    expect(await person.runs('utils service list')).toContain('Cisco Identity Service[STOPPED]');
    person.types('utils system restart');
    await person.reads('Do you really want to restart ?\nEnter (yes/no)? ');
    person.types('yes');
    await closed;
    expect(machine.ports.map(({ presents }) => presents.as)).not.toContain('tls');
    await expect(signIn()).rejects.toThrow(/ECONNREFUSED/);
    await expect.poll(() => machine.port(443).presents.as).toBe('tls');
    await expect
      .poll(() =>
        signIn().then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    expect(await presented(machine.port(8553).place, machine.fqdn, [machine.identity.certificate.toString()])).toBe(
      machine.identity.certificate.fingerprint256,
    );
  });

  test('a reboot that was not meant does not happen', async () => {
    const person = await signIn();
    await person.runs('utils system restart', ['Enter (yes/no)? ', 'no']);
    expect(machine.port(443).presents.as).toBe('tls');
  });

  test('a reset overtakes a reboot, and SSH is there again', async () => {
    const rebooted = machine.reboot();
    await up.lab.reset();
    await rebooted;
    await signIn();
    expect(machine.port(443).presents.as).toBe('tls');
  });

  test('presents ECDSA after the type was set and the machine is back', async () => {
    const person = await signIn();
    expect(await person.runs('show tls server cert_type')).toBe(
      'The server certificate type is set to RSA\n\nCommand successful\n',
    );
    await person.runs('set tls server cert_type ecdsa', ['Do you want to continue (y/n) ? ', 'n']);
    expect(machine.settings.certificateType).toBe('rsa');
    person.types('set tls server cert_type ecdsa');
    await person.reads('Do you want to continue (y/n) ? ');
    person.types('y');
    await person.reads('Successfully configured the server to use ECDSA certificate for all inbound connections.');
    await expect.poll(() => machine.onDisk.certificates[0]?.publicKey.asymmetricKeyType).toBe('ec');
    await expect.poll(() => machine.port(8445).presents.as).toBe('tls');
    const { certificate } = await machine.units.get('tomcat-ECDSA')!.identity();
    expect(await presented(machine.port(8445).place, machine.fqdn, [certificate.toString()])).toBe(
      certificate.fingerprint256,
    );
  });

  test('a release without ECDSA does not know the command', async () => {
    machine.release = '12.0(1)';
    expect(await (await signIn()).runs('set tls server cert_type ecdsa')).toContain('No valid command entered');
    expect(await (await signIn()).runs('show cert list own')).not.toContain('ECDSA');
  });

  test('the oldest TLS version is set, and spoken after the reboot', async () => {
    const person = await signIn();
    expect(await person.runs('show tls server min-version')).toBe(
      'The server tls min-version is set to 1.2\nCommand successful\n',
    );
    const question = 'Do you really want to continue (yes/no)? ';
    await person.runs('set tls server min-version 1.0', [question, 'no']);
    expect(await person.runs('set tls server min-version 1.0', [question, 'yes'])).toContain(
      "Restart the system using the command 'utils system restart'",
    );
    expect(await person.runs('set tls server min-version 0.9')).toContain('No valid command entered');
    expect(machine.port(443).presents).not.toHaveProperty('versions');
    await machine.reboot();
    expect(machine.port(443).presents).toHaveProperty('versions', ['TLSv1', 'TLSv1.3']);
  });

  test('CUCM has one for both sides, and reboots by itself', async () => {
    const cucm = up.lab.vos('cucm1');
    const person = await signIn(cucm);
    expect(await person.runs('show tls server min-version')).toContain('No valid command entered');
    expect(await person.runs('show tls min-version')).toContain('Configured TLS minimum version: 1.2');
    const question = 'Do you want to continue (yes/no) ? ';
    await person.runs('set tls min-version 1.0', [question, 'no']);
    expect(cucm.settings.tlsFloor).toEqual({ server: '1.2', client: '1.2' });
    person.types('set tls min-version 1.0');
    await person.reads(question);
    person.types('yes');
    await person.reads('Successfully set minimum TLS version to 1.0');
    await expect.poll(() => cucm.port(443).presents).toHaveProperty('versions', ['TLSv1', 'TLSv1.3']);
    expect(await (await signIn()).runs('show tls min-version')).toContain('No valid command entered');
  });

  test('both certificates from every port, where a release does that', async () => {
    machine.settings = { ...machine.settings, certificateType: 'both' };
    await machine.startAll();
    expect(machine.port(12015).presents).toHaveProperty('second');
  });

  test('a reset brings back what was installed, also where it was made only when asked for', async () => {
    const unit = machine.units.get('ipsec')!;
    const installed = await unit.identity();
    await unit.regenerate();
    await machine.newRequest(unit);
    machine.units.store('ipsec-trust')?.put(installed.certificate);
    machine.settings = { ...machine.settings, certificateType: 'ecdsa' };
    await up.lab.reset();
    expect(await unit.identity()).toBe(installed);
    expect([unit.request, unit.trust.entries, machine.settings.certificateType]).toEqual([null, [], 'rsa']);
  });

  test('two who ask at once get one identity, and a reset in between harms nothing', async () => {
    const unit = up.lab.vos('uccx2').units.get('ipsec')!;
    const [first, second] = [unit.identity(), unit.identity()];
    expect(await first).toBe(await second);
    const asked = up.lab.vos('ccp1').units.get('ipsec')!.identity();
    await up.lab.reset();
    expect((await asked).certificate.subject).toContain('ccp1.lab.example');
  });

  test('the units of CUCM, each with its store and its one request', async () => {
    const cucm = up.lab.vos('cucm1');
    const person = await signIn(cucm);
    const units = (await person.runs('show cert list own')).split('\n').map((line) => line.split('/')[0]);
    expect(units).toEqual(expect.arrayContaining(['tomcat', 'ipsec', 'CallManager', 'CAPF', 'TVS', 'ITLRecovery']));
    await person.runs('set csr gen CallManager');
    await person.runs('set csr gen tomcat');
    expect(await person.runs('show csr list')).toBe('tomcat/tomcat.csr\nCallManager/CallManager.csr\n');
    const pem = machine.identity.certificate.toString();
    await person.imports(pem, 'trust', 'CallManager');
    expect(cucm.units.store('CallManager-trust')?.get('uccx1.lab.example.pem')).toBeDefined();
    expect(await person.imports(pem, 'own', 'TVS')).toMatch(
      /^File \/usr\/local\/platform\/\.security\/TVS\/keys\/TVS\.csr Does Not Exist\n/,
    );
    expect(await person.runs('set cert regen TVS', ['Proceed with regeneration (yes|no)? ', 'yes'])).toContain(
      'Successfully regenerated certificate for TVS.',
    );
    expect(cucm.units.get('TVS')?.held).not.toBeNull();
    const deleted = await person.runs('set cert delete CallManager uccx1.lab.example.pem', ['(yes|no)? ', 'yes']);
    expect(deleted).toContain('Successfully deleted certificate');
  });

  test.each([
    'show cert own CallManager',
    'set csr gen CallManager',
    'set cert import own CallManager',
    'set cert import trust CallManager',
    'set cert regen CallManager',
    'show cert trust nobody.pem',
    'set cert delete tomcat nobody.pem',
    'show csr own tomcat',
    'utils service stop Cisco Nothing',
    'utils network ping nobody.example',
  ])('%s is refused where there is nothing of the kind', async (command) => {
    expect(await (await signIn()).runs(command)).toMatch(/Executed command unsuccessfully\n$/);
  });

  test('shows its network, pings its cluster, tells how replication stands', async () => {
    const person = await signIn();
    expect(await person.runs('show network eth0')).toContain('IP Address   : 127.104.0.11');
    expect(await person.runs('utils network ping uccx2.lab.example')).toMatch(
      /^PING uccx2\.lab\.example \(127\.104\.0\.12\) 56\(84\) bytes of data\.\n/,
    );
    const state = await person.runs('utils dbreplication runtimestate');
    expect(state).toContain('Cluster Detailed View from uccx1 (2 Servers):');
    expect(state.match(/\(2\) Setup Completed/g)).toHaveLength(2);
  });

  test('pings every machine that the name server knows, by its short name too', async () => {
    const person = await signIn();
    const answer = await person.runs('utils network ping cucm1.lab.example');
    expect(await person.runs('utils network ping cucm1')).toBe(answer.replaceAll('cucm1.lab.example', 'cucm1'));
    expect(answer).toMatch(/^PING cucm1\.lab\.example \(127\.104\.0\.31\)/);
  });

  test('tells the time, and whether its time server is followed', async () => {
    const person = await signIn();
    expect(await person.runs('show date')).toMatch(/^\w{3} \w{3} [ \d]\d \d{2}:\d{2}:\d{2} UTC \d{4}\n$/);
    expect(await person.runs('utils ntp status')).toMatch(
      /^\*192\.0\.2\.123 [^]*synchronised to NTP server \(192\.0\.2\.123\) at stratum 2\n/m,
    );
    machine.clockAheadSeconds = -10_800;
    const unsynchronised = await person.runs('utils ntp status');
    machine.clockAheadSeconds = 0;
    expect(unsynchronised).toMatch(/\.INIT\. [^]*10800000\.000[^]*\nunsynchronised\n/);
  });

  test('what was typed before the input ended is carried out, as in a script', async () => {
    const person = await signIn();
    person.types('show status');
    person.types('show date');
    person.endsInput();
    await person.reads('Host Name          : uccx1');
    expect(await person.reads(' UTC ')).toMatch(/admin:show date\n\w{3} \w{3} /);
  });

  test('five wrong passwords lock SSH too', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) await Person.signIn(up.lab, machine, 'wrong').catch(() => null);
    await expect(signIn()).rejects.toThrow(/authentication methods failed/);
  });
});

describe('replication', () => {
  test.each([
    ['as documented', 0],
    ['everywhere', 1],
    ['nowhere', 0],
  ] as const)('of trust from the first UCCX node, %s', async (trustReplicates, count) => {
    await using up = await startTestLab('127.104.0.0/16', { portMap: true, manners: { trustReplicates } });
    const first = up.lab.vos('uccx1');
    expect(replicasOf(first, 'tomcat-trust')).toHaveLength(count);
    expect(replicasOf(first, 'ipsec-trust')).toEqual([]);
    expect(replicasOf(up.lab.vos('uccx2'), 'tomcat-trust')).toEqual([]);
    expect(replicasOf(up.lab.vos('ccp1'), 'tomcat-trust')).toEqual([]);
  });

  test('stops where Cisco Certificate Change Notification is stopped, and goes one way', async () => {
    await using up = await startTestLab('127.104.0.0/16', {
      portMap: true,
      manners: { trustReplicates: 'everywhere', restartMilliseconds: 1 },
    });
    const [first, second] = ['uccx1', 'uccx2'].map((id) => up.lab.vos(id));
    const { certificate } = up.lab.vos('ccp1').identity;
    await second!.stopService('Cisco Certificate Change Notification');
    for (const node of [first, second]) node!.trust.delete('ccp1.lab.example.pem');
    first!.receiveTrust('tomcat-trust', certificate);
    second!.receiveTrust('tomcat-trust', certificate);
    expect([first, second].map((node) => node!.trust.get('ccp1.lab.example.pem') !== undefined)).toEqual([true, false]);
  });
});
