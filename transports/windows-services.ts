import { ProbeError } from '#model/errors.ts';
import { namesOfInstance } from '#model/instance-services.ts';
import type { WindowsShell } from './windows.ts';

interface Service {
  readonly key: string;
  readonly display: string;
  readonly status: string;
}

/** Milliseconds: calls are let end before a service of CVP stops. */
const withinMs = 600_000;

/**
 * Stops a service and starts it, and waits until it runs. `name`: either of its names, or the beginning of the one that people read; of a
 * service of CCE every one that an instance has on the machine.
 */
export async function restartService(
  shell: WindowsShell,
  name: string,
  pause: (ms: number) => Promise<void>,
): Promise<void> {
  const pattern = namesOfInstance(name);
  const names =
    pattern === null
      ? [name]
      : (await services(shell)).flatMap(({ key, display }) => (pattern.test(display) ? key : []));
  if (names.length === 0) throw none(name);
  for (const each of names) await restartOne(shell, each, pause);
}

async function restartOne(shell: WindowsShell, name: string, pause: (ms: number) => Promise<void>): Promise<void> {
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

/** Whether a service runs, by either of its names. Throws `ProbeError` where there is none of the name. */
export async function isRunning(shell: WindowsShell, name: string): Promise<boolean> {
  return (await serviceNamed(shell, name)).status === 'Running';
}

/** The services of a sort that an instance has here and that do not run, by the names that people read. Throws `ProbeError` where it has none. */
export async function stoppedOfInstance(shell: WindowsShell, name: string): Promise<readonly string[]> {
  const pattern = namesOfInstance(name);
  const all = (await services(shell)).filter(({ display }) => pattern?.test(display) === true);
  if (all.length === 0) throw none(name);
  return all.flatMap(({ display, status }) => (status === 'Running' ? [] : [display]));
}

/** The words of a status are those of .NET, the same in every language of Windows. */
async function services(shell: WindowsShell): Promise<readonly Service[]> {
  const { out } = await shell.powershell('Get-Service | % { "" + $_.Name + "|" + $_.DisplayName + "|" + $_.Status }');
  return out.split('\n').flatMap((line): Service[] => {
    const [, key, display, status] = /^([^|]+)\|([^|]*)\|(\w+)$/.exec(line.trim()) ?? [];
    return key === undefined || display === undefined || status === undefined ? [] : [{ key, display, status }];
  });
}

async function serviceNamed(shell: WindowsShell, name: string): Promise<Service> {
  const all = await services(shell);
  const wanted = name.toLowerCase();
  const found =
    all.find(({ key, display }) => [key, display].some((each) => each.toLowerCase() === wanted)) ??
    // The installer puts the release behind: Apache Tomcat 9.0 Tomcat9.
    all.find(({ display }) => display.toLowerCase().startsWith(`${wanted} `));
  if (found !== undefined) return found;
  throw none(name);
}

function none(name: string): ProbeError {
  return new ProbeError({ reason: 'unexpected-answer', to: 'Get-Service', answer: `there is no service ${name}` });
}
