import type { X509Certificate } from 'node:crypto';
import { storeNameOf, thumbprintOf, windowsName, type StoreItem, type StoreName } from '../certificate-store.ts';
import type { Listed } from '../file-system.ts';
import { namesOfService } from '../services.ts';

export type Value = string | number | boolean | null | Date | Uint8Array | Thing | Script | readonly Value[];

/** A script block that has not run yet. */
export interface Script {
  readonly run: (input: Value) => Promise<Value[]>;
}

/** An object: what it is, its properties, and those that a list of it shows. */
export interface Thing {
  readonly type: 'certificate' | 'service' | 'binding' | 'file' | 'selection';
  readonly properties: Readonly<Record<string, Value>>;
  readonly columns: readonly string[];
  /** What stands above a list of it. */
  readonly parent?: string;
  readonly methods?: Readonly<Record<string, (args: readonly Value[]) => Promise<Value>>>;
}

export function isThing(value: Value): value is Thing {
  return typeof value === 'object' && value !== null && 'properties' in value;
}

export function isScript(value: Value): value is Script {
  return typeof value === 'object' && value !== null && 'run' in value;
}

/** Text of a value, as it stands in a string. */
export function textOf(value: Value): string {
  if (value === null) return '';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (value instanceof Date) return dateText(value);
  if (value instanceof Uint8Array) return [...value].join(' ');
  if (Array.isArray(value)) return (value as readonly Value[]).map(textOf).join(' ');
  if (isThing(value)) return textOf(value.properties['Name'] ?? value.properties['Thumbprint'] ?? '');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** `1/31/2026 6:18:05 PM`, as a machine set to the United States prints it. */
export function dateText(date: Date): string {
  const day = `${String(date.getUTCMonth() + 1)}/${String(date.getUTCDate())}/${String(date.getUTCFullYear())}`;
  const two = (number: number): string => String(number).padStart(2, '0');
  const hours = date.getUTCHours();
  return `${day} ${String(hours % 12 || 12)}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} ${hours < 12 ? 'AM' : 'PM'}`;
}

export function isTrue(value: Value): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== null && value !== false && value !== '' && value !== 0;
}

/** A property, whatever its case; null where there is none. */
export function propertyOf(value: Value, name: string): Value {
  if (Array.isArray(value) && !/^(count|length)$/i.test(name)) {
    return (value as readonly Value[]).map((each) => propertyOf(each, name)).filter((each) => each !== null);
  }
  if (/^(count|length)$/i.test(name)) {
    if (Array.isArray(value) || typeof value === 'string' || value instanceof Uint8Array) return value.length;
    return value === null ? 0 : 1;
  }
  if (!isThing(value)) return null;
  return Object.entries(value.properties).find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1] ?? null;
}

export function certificateThing(item: StoreItem, store: StoreName): Thing {
  const { certificate, key, friendlyName } = item;
  return {
    type: 'certificate',
    parent: `Microsoft.PowerShell.Security\\Certificate::LocalMachine\\${store}`,
    columns: ['Thumbprint', 'Subject'],
    properties: {
      Thumbprint: thumbprintOf(certificate),
      Subject: windowsName(certificate.subject),
      Issuer: windowsName(certificate.issuer),
      FriendlyName: friendlyName,
      SerialNumber: certificate.serialNumber,
      NotBefore: certificate.validFromDate,
      NotAfter: certificate.validToDate,
      HasPrivateKey: key !== null,
      DnsNameList: namesIn(certificate),
      RawData: new Uint8Array(certificate.raw),
      PSPath: `Microsoft.PowerShell.Security\\Certificate::LocalMachine\\${store}\\${thumbprintOf(certificate)}`,
    },
  };
}

function namesIn(certificate: X509Certificate): readonly string[] {
  const names = (certificate.subjectAltName ?? '').split(', ').filter((name) => name.startsWith('DNS:'));
  return names.map((name) => name.slice('DNS:'.length));
}

export function serviceThing(service: { readonly name: string; readonly isStarted: boolean }): Thing {
  const { key, display } = namesOfService(service.name);
  return {
    type: 'service',
    columns: ['Status', 'Name', 'DisplayName'],
    properties: { Status: service.isStarted ? 'Running' : 'Stopped', Name: key, DisplayName: display },
  };
}

export function fileThing({ name, isFolder, size, changed }: Listed, folder: string): Thing {
  return {
    type: 'file',
    parent: `Microsoft.PowerShell.Core\\FileSystem::${folder}`,
    columns: ['Mode', 'LastWriteTime', 'Length', 'Name'],
    properties: {
      Mode: isFolder ? 'd-----' : '-a----',
      LastWriteTime: changed,
      Length: isFolder ? null : size,
      Name: name,
      FullName: `${folder.replace(/\\$/, '')}\\${name}`,
    },
  };
}

/** `Cert:\LocalMachine\Root\<thumbprint>` in its parts; null where it is no such path. */
export function certificatePath(
  path: string,
): { readonly store: StoreName | null; readonly thumbprint: string | null } | null {
  const plain = path.replace(/^.*Certificate::/i, 'Cert:\\').replaceAll('/', '\\');
  const parts = /^Cert:\\+LocalMachine(?:\\+([^\\]*))?(?:\\+([^\\]*))?\\*$/i.exec(plain);
  if (parts === null) return null;
  const thumbprint = parts[2] ?? '';
  return {
    store: storeNameOf(parts[1] ?? '') ?? null,
    thumbprint: thumbprint === '' || thumbprint === '*' ? null : thumbprint,
  };
}
