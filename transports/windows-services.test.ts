import { expect, test } from 'vitest';
import type { WindowsShell } from './windows.ts';
import { restartService } from './windows-services.ts';

const service = 'Cisco CVP CallServer';

/** A machine whose service is in these states, one look after the other; the last of them stays. */
function machine(states: readonly string[], errors = ''): { readonly shell: WindowsShell; readonly typed: string[] } {
  const left = [...states];
  const typed: string[] = [];
  const powershell = (command: string) => {
    typed.push(command);
    if (!command.startsWith('Get-Service')) return Promise.resolve({ out: '', errors });
    const status = left.length > 1 ? left.shift() : left[0];
    return Promise.resolve({ out: `callserver|${service}|${status ?? ''}\n`, errors: '' });
  };
  return { shell: { powershell } as unknown as WindowsShell, typed };
}

test.each([
  ['runs', ['Running', 'StartPending', 'Running'], "Restart-Service -Name 'callserver' -Force"],
  ['had been stopped', ['Stopped', 'Running'], "Start-Service -Name 'callserver'"],
])('a service that %s is started and waited for', async (_what, states, command) => {
  const { shell, typed } = machine(states);
  await restartService(shell, service, () => Promise.resolve());
  expect(typed).toContain(command);
});

test('a service that never comes back is waited for ten minutes, and told with what Windows said of it', async () => {
  const { shell } = machine(['Running', 'Stopped'], "Failed to start service 'Cisco CVP CallServer'.\nAt line:1");
  let waited = 0;
  const pause = (ms: number): Promise<void> => {
    waited += ms;
    return Promise.resolve();
  };
  await expect(restartService(shell, service, pause)).rejects.toThrow(
    /600 s later it is Stopped: Failed to start service 'Cisco CVP CallServer'\./,
  );
  expect(waited).toBeGreaterThanOrEqual(600_000);
});
