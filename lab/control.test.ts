import { stat, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { fork } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestLab, type TestLab } from '#tests/support/lab.ts';
import { askLab, findLab, LabNotUp } from './control.ts';
import { serveControl } from './control-server.ts';
import { controlSocket, stateFolder } from './state.ts';

test('what is broken already may be what a scenario changes: it is refused, and nothing is changed by half', async () => {
  await using up = await startTestLab('127.74.0.0/16', { deployment: 'PCCE', portMap: true });
  const close = await serveControl(up.lab, up.state, () => undefined);
  await askLab(up.state, 'break', { ids: ['alias-with-a-hyphen'] });
  const before = await askLab(up.state, 'state');
  await expect(askLab(up.state, 'break', { ids: ['key-came-out-of-a-pfx'] })).rejects.toThrow(
    /^key-came-out-of-a-pfx cannot be broken now: [^]*Broken already: alias-with-a-hyphen[^]*uccert lab heal/,
  );
  expect(await askLab(up.state, 'state')).toEqual(before);
  expect((await askLab(up.state, 'status')).broken).toEqual(['alias-with-a-hyphen']);
  await close();
});

describe('the control socket', () => {
  let up: TestLab;
  let close: () => Promise<void>;
  let isDown = false;

  beforeAll(async () => {
    up = await startTestLab('127.72.0.0/16', { portMap: true });
    close = await serveControl(up.lab, up.state, () => (isDown = true));
  });
  afterAll(async () => {
    await close();
    await up[Symbol.asyncDispose]();
  });

  test('only its owner may use it', async () => {
    expect((await stat(controlSocket(up.state))).mode & 0o777).toBe(0o600);
  });

  test('breaks, tells, heals and resets', async () => {
    const before = await askLab(up.state, 'state');
    const { broken } = await askLab(up.state, 'break', { ids: ['finesse-certificate-expired', 'reporting-down'] });
    expect(broken).toEqual(['finesse-certificate-expired', 'reporting-down']);
    expect(await askLab(up.state, 'state')).not.toEqual(before);
    await askLab(up.state, 'heal');
    expect(await askLab(up.state, 'state')).toEqual(before);
    await askLab(up.state, 'reset');
    expect(await askLab(up.state, 'state')).toEqual(before);
  });

  test('says which scenario was overwritten by a later one, and of none that stands beside it', async () => {
    const first = 'certificate-runs-out-soon';
    const beside = await askLab(up.state, 'break', { ids: [first, 'cucm-certificate-expired'] });
    expect(beside.overwritten).toEqual([]);
    const { overwritten } = await askLab(up.state, 'break', { ids: ['certificate-from-the-future'] });
    expect(overwritten).toEqual([
      {
        id: first,
        by: 'certificate-from-the-future',
        at: expect.arrayContaining(['uccx2 tomcat']) as string[],
        isGone: true,
      },
    ]);
    await askLab(up.state, 'heal');
  });

  test('breaks once what is broken already, and heals it', async () => {
    const before = await askLab(up.state, 'state');
    const ids = ['finesse-certificate-expired', 'finesse-certificate-expired'];
    await askLab(up.state, 'break', { ids });
    const once = await askLab(up.state, 'state');
    expect((await askLab(up.state, 'break', { ids })).broken).toEqual(['finesse-certificate-expired']);
    expect(await askLab(up.state, 'state')).toEqual(once);
    await askLab(up.state, 'heal');
    expect(await askLab(up.state, 'state')).toEqual(before);
  });

  test('breaks nothing when one of the ids is unknown', async () => {
    await expect(askLab(up.state, 'break', { ids: ['reporting-down', 'coffee'] })).rejects.toThrow(
      /^The lab knows no scenario coffee\./,
    );
    expect((await askLab(up.state, 'status')).broken).toEqual([]);
  });

  test('a second lab in the same state folder is refused', async () => {
    await expect(serveControl(up.lab, up.state, () => undefined)).rejects.toThrow(/^A lab is up already\./);
  });

  test('down is answered when every port is closed', async () => {
    await askLab(up.state, 'down');
    expect(up.lab.machines.flatMap(({ ports }) => ports).every(({ presents }) => presents.as === 'closed')).toBe(true);
    await expect.poll(() => isDown).toBe(true);
  });
});

describe('without a lab', () => {
  test('says so', async () => {
    await expect(askLab('nowhere', 'status')).rejects.toThrow(LabNotUp);
    expect(await findLab('nowhere')).toBeNull();
  });

  test('the socket of a killed process is cleared away', async () => {
    await using up = await startTestLab('127.72.0.0/16', { portMap: true });
    const path = controlSocket(up.state);
    const program = `${up.state}/listens.mjs`;
    const listens = `import net from 'node:net'; net.createServer().listen(${JSON.stringify(path)}, () => process.send('up'));`;
    await writeFile(program, listens);
    const listener = fork(program);
    await once(listener, 'message');
    listener.kill('SIGKILL');
    await once(listener, 'exit');
    await expect(stat(path)).resolves.toBeDefined();
    expect(await findLab(up.state)).toBeNull();
    await expect(stat(path)).rejects.toThrow(/ENOENT/);
  });
});

describe('the state folder', () => {
  test.each([
    [{ UCCERT_STATE: '/srv/state', XDG_STATE_HOME: '/xdg' }, '/srv/state'],
    [{ XDG_STATE_HOME: '/xdg' }, '/xdg/uccert'],
    [{}, '/home/someone/.local/state/uccert'],
  ])('%o', (environment, folder) => {
    expect(stateFolder(environment, '/home/someone')).toBe(folder);
  });
});
