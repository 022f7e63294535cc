import type { WindowsShell } from './windows.ts';

/** What service-controller.bat of CVP asks, in its order (PCCE 15.0, Graceful Shutdown). */
export interface Asked {
  /** CALLSERVER-IP-ADDRESS, CALLSERVER-USERNAME, CALLSERVER-PASSWORD. */
  readonly address: string;
  readonly user: string;
  readonly password: string;
  /** SERVICE-NAME. */
  readonly service: 'callserver' | 'reportingserver';
  /** REPORTINGSERVER-IP-ADDRESS, which is asked where the service is that one. */
  readonly reportingServer?: string;
}

/** Milliseconds: calls are let end first. */
const withinMs = 600_000;

/**
 * Lets calls end and stops the service. What it prints at its end stands in no document, so that it is not read: whether the service
 * stopped, Windows says. The answers are typed, so that the password stands in no command line. Throws `ProbeError`.
 */
export async function shutDownGracefully(
  shell: WindowsShell,
  program: string,
  { address, user, password, service, reportingServer }: Asked,
): Promise<void> {
  const answers = [address, user, password, service, ...(reportingServer === undefined ? [] : [reportingServer])];
  await shell.run(program, [], answers.map((line) => `${line}\n`).join(''), withinMs);
}
