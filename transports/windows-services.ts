import { ProbeError } from '#model/errors.ts';
import type { WindowsShell } from './windows.ts';

interface Service {
  readonly key: string;
  readonly display: string;
  readonly status: string;
}

/** Milliseconds: calls are let end before a service of CVP stops. */
const withinMs = 600_000;

/** Stops a service and starts it, and waits until it runs. `name`: either of its names, or the beginning of the one that people read. */
export async function restartService(
  shell: WindowsShell,
  name: string,
  pause: (ms: number) => Promise<void>,
): Promise<void> {
  const { key, status } = await serviceNamed(shell, name);
  const verb = status === 'Running' ? 'Restart-Service' : 'Start-Service';
  const force = status === 'Running' ? ' -Force' : '';
  const { errors } = await shell.powershell(`${verb} -Name '${key}'${force}`, withinMs);
  let waited = 0;
  for (let wait = 100; ; wait = Math.min(wait * 2, 5000)) {
    const now = await serviceNamed(shell, name);
    if (now.status === 'Running') return;
    if (waited >= withinMs) {
      const said = errors.trim().split('\n')[0] ?? '';
      throw new ProbeError({
        reason: 'unexpected-answer',
        to: `${verb} ${key}`,
        answer: `${String(withinMs / 1000)} s later it is ${now.status}${said === '' ? '' : `: ${said}`}`,
      });
    }
    await pause(wait);
    waited += wait;
  }
}

/** The words of a status are those of .NET, the same in every language of Windows. */
async function serviceNamed(shell: WindowsShell, name: string): Promise<Service> {
  const { out } = await shell.powershell('Get-Service | % { "" + $_.Name + "|" + $_.DisplayName + "|" + $_.Status }');
  const services = out.split('\n').flatMap((line): Service[] => {
    const [, key, display, status] = /^([^|]+)\|([^|]*)\|(\w+)$/.exec(line.trim()) ?? [];
    return key === undefined || display === undefined || status === undefined ? [] : [{ key, display, status }];
  });
  const wanted = name.toLowerCase();
  const found =
    services.find(({ key, display }) => [key, display].some((each) => each.toLowerCase() === wanted)) ??
    // The installer puts the release behind: Apache Tomcat 9.0 Tomcat9.
    services.find(({ display }) => display.toLowerCase().startsWith(`${wanted} `));
  if (found !== undefined) return found;
  throw new ProbeError({ reason: 'unexpected-answer', to: 'Get-Service', answer: `there is no service ${name}` });
}
