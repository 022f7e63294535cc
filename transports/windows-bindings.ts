import { ProbeError } from '#model/errors.ts';
import { isValidated } from './diagfw-texts.ts';
import { applicationIn, bindingsIn } from './netsh-texts.ts';
import { valueIn } from './reg-texts.ts';
import type { WindowsShell } from './windows.ts';

/** Where DiagFwCertMgr notes the thumbprint that it bound (Serviceability Guide, Diagnostic Framework). */
export const diagnosticKey = 'HKLM\\SOFTWARE\\Cisco Systems, Inc.\\ICM\\Serviceability\\DiagnosticFramework';
export const diagnosticValue = 'CertUsedByDiagFwSvc';

/** The application id under which IIS binds. */
const iisApplication = '{4dc3e181-e14b-4a21-b022-59fc669b0914}';

/** A certificate of a store bound to a port of 0.0.0.0. */
export interface Binding {
  /** SHA-1, forty digits in small letters. */
  readonly thumbprint: string;
  readonly store: string;
  readonly application: string;
}

/** What is bound to a port; null where nothing is. Throws `ProbeError`. */
export async function bindingOf(shell: WindowsShell, port: number): Promise<Binding | null> {
  const { out } = await shell.run('netsh', ['http', 'show', 'sslcert', `ipport=${address(port)}`]);
  const bound = bindingsIn(out).find((each) => each.address === '0.0.0.0' && each.port === port);
  if (bound === undefined) return null;
  return {
    thumbprint: bound.thumbprint,
    store: bound.store ?? 'My',
    application: applicationIn(out) ?? iisApplication,
  };
}

/** Binds a certificate of Personal in place of what is bound there, under the application that had the port. Throws `ProbeError`. */
export async function bindByNetsh(
  shell: WindowsShell,
  port: number,
  { thumbprint, store = 'My', application }: Partial<Binding> & Pick<Binding, 'thumbprint'>,
): Promise<void> {
  const before = await bindingOf(shell, port);
  if (before !== null) await unbindByNetsh(shell, port);
  const id = application ?? before?.application ?? iisApplication;
  const { out, errors } = await shell.run('netsh', [
    'http',
    'add',
    'sslcert',
    `ipport=${address(port)}`,
    `certhash=${thumbprint}`,
    `appid=${id}`,
    `certstorename=${store}`,
  ]);
  if ((await bindingOf(shell, port))?.thumbprint !== thumbprint)
    throw unexpected('netsh http add sslcert', out + errors);
}

export async function unbindByNetsh(shell: WindowsShell, port: number): Promise<void> {
  const { out, errors } = await shell.run('netsh', ['http', 'delete', 'sslcert', `ipport=${address(port)}`]);
  if ((await bindingOf(shell, port)) !== null) throw unexpected('netsh http delete sslcert', out + errors);
}

/** Whether a site of IIS has https on the port: without one nothing listens there, whatever is bound. Throws `ProbeError`. */
export async function hasHttpsSite(shell: WindowsShell, port: number): Promise<boolean> {
  const { out } = await shell.powershell(
    `Get-WebBinding -Protocol https -Port ${String(port)} | % { $_.bindingInformation }`,
  );
  return out.includes(`:${String(port)}:`);
}

/** Gives the default web site https on the port. The cmdlet is Microsoft's; that it is this site is what guides show. Throws `ProbeError`. */
export async function addHttpsSite(shell: WindowsShell, port: number): Promise<void> {
  const { out, errors } = await shell.powershell(`New-WebBinding ${ofDefaultSite(port)}`);
  if (!(await hasHttpsSite(shell, port))) throw unexpected('New-WebBinding', out + errors);
}

export async function removeHttpsSite(shell: WindowsShell, port: number): Promise<void> {
  const { out, errors } = await shell.powershell(`Remove-WebBinding ${ofDefaultSite(port)}`);
  if (await hasHttpsSite(shell, port)) throw unexpected('Remove-WebBinding', out + errors);
}

function ofDefaultSite(port: number): string {
  return `-Name 'Default Web Site' -Protocol https -Port ${String(port)}`;
}

/** The thumbprint in the registry that DiagFwCertMgr noted; null where it noted none. */
export async function notedThumbprint(shell: WindowsShell): Promise<string | null> {
  const { out } = await shell.run('reg', ['query', diagnosticKey, '/v', diagnosticValue]);
  return valueIn(out, diagnosticValue)?.toLowerCase() ?? null;
}

/**
 * Binds a certificate of Personal to Diagnostic Framework: what is bound is taken off, the thumbprint is handed over as its forty digits
 * and nothing else, and the tool itself must find binding, store and registry to agree. Throws `ProbeError`.
 */
export async function bindByDiagFw(
  shell: WindowsShell,
  { program, port }: { readonly program: string; readonly port: number },
  thumbprint: string,
): Promise<void> {
  if ((await bindingOf(shell, port)) !== null) await unbindByDiagFw(shell, program);
  const bound = await shell.run(program, ['/task:BindCertFromStore', `/certhash:${thumbprint}`]);
  const { out } = await shell.run(program, ['/task:ValidateCertBinding']);
  if (isValidated(out) && (await bindingOf(shell, port))?.thumbprint === thumbprint) return;
  throw unexpected('DiagFwCertMgr /task:BindCertFromStore', `${bound.out}\n${out}`);
}

export async function unbindByDiagFw(shell: WindowsShell, program: string): Promise<void> {
  await shell.run(program, ['/task:UnbindCert']);
}

function address(port: number): string {
  return `0.0.0.0:${String(port)}`;
}

function unexpected(to: string, output: string): ProbeError {
  return new ProbeError({ reason: 'unexpected-answer', to, answer: output.trim().slice(-300) });
}
