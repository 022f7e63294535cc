import { storeNameOf } from '../certificate-store.ts';
import { iisApplication } from '../http-bindings.ts';
import type { ServiceNames } from '../services.ts';
import { Failure, subjects, type Cmdlet, type Invocation } from './cmdlet.ts';
import { isThing, propertyOf, serviceThing, textOf, type Thing, type Value } from './values.ts';

function servicesNamed(invocation: Invocation): ServiceNames[] {
  const { machine } = invocation.scope.call;
  return subjects(invocation, 'name', 'displayname').map((value) => {
    const name = textOf(isThing(value) ? propertyOf(value, 'Name') : value);
    const found = machine.service(name);
    if (found !== undefined) return found;
    throw new Failure(
      invocation.name,
      `Cannot find any service with service name '${name}'.`,
      `ObjectNotFound: (${name}:String) [${invocation.name}], ServiceCommandException`,
      `NoServiceFoundForGivenName,Microsoft.PowerShell.Commands.${invocation.name.replace('-', '')}Command`,
    );
  });
}

function changing(change: (service: string, machine: Invocation['scope']['call']['machine']) => Promise<void>): Cmdlet {
  return async (invocation) => {
    for (const { service } of servicesNamed(invocation)) await change(service, invocation.scope.call.machine);
    return [];
  };
}

/** The https binding of the default web site, as far as the HTTP service of Windows knows it. */
function webBinding({ scope, parameters }: Invocation): Value[] {
  const { machine } = scope.call;
  const wanted = parameters.get('port');
  const name = parameters.get('name');
  if (name !== undefined && !/^default web site$/i.test(textOf(name))) return [];
  if (/^http$/i.test(textOf(parameters.get('protocol') ?? ''))) return [];
  const port = wanted === undefined ? 443 : Number(textOf(wanted));
  if (port !== 443 || !machine.openPorts.includes(443) || !machine.hasHttpsSite) return [];
  const binding = machine.bindings.at(port);
  const thing: Thing = {
    type: 'binding',
    columns: ['protocol', 'bindingInformation', 'sslFlags'],
    properties: {
      protocol: 'https',
      bindingInformation: `*:${String(port)}:`,
      sslFlags: 0,
      certificateHash: binding?.hash.toUpperCase() ?? '',
      certificateStoreName: binding?.store ?? '',
    },
    methods: {
      AddSslCertificate: async ([hash = '', store = 'My']) => {
        const thumbprint = textOf(hash);
        const held = storeNameOf(textOf(store));
        if (held === undefined || machine.certificateStore.find(held, thumbprint)?.key == null) {
          throw new Failure(
            '',
            'Exception calling "AddSslCertificate" with "2" argument(s): "A specified logon session does not exist. It may already have been terminated. (Exception from HRESULT: 0x80070520)"',
            'NotSpecified: (:) [], MethodInvocationException',
            'COMException',
          );
        }
        await machine.bind({ port, hash: thumbprint.toLowerCase(), applicationId: iisApplication, store: held });
        return null;
      },
      RemoveSslCertificate: async () => {
        await machine.unbind(port);
        return null;
      },
    },
  };
  return [thing];
}

/** https of the default web site, put there or taken away. */
function changingSite(isThere: boolean): Cmdlet {
  return async ({ scope, parameters }) => {
    const [protocol, port] = ['protocol', 'port'].map((name) => textOf(parameters.get(name) ?? ''));
    if (protocol === 'https' && port === '443') await scope.call.machine.setHttpsSite(isThere);
    return [];
  };
}

/** Services, the web site, and the clock. */
export const servers: Readonly<Record<string, Cmdlet>> = {
  'Get-Service': (invocation) => {
    const { machine } = invocation.scope.call;
    const wanted = subjects(invocation, 'name', 'displayname').length === 0 ? null : servicesNamed(invocation);
    return machine.services
      .filter(({ name }) => wanted === null || wanted.some(({ service }) => service === name))
      .map(serviceThing);
  },
  'Start-Service': changing((service, machine) => machine.load([service])),
  'Stop-Service': changing((service, machine) => machine.stopService(service)),
  'Restart-Service': changing((service, machine) => machine.restartService(service)),
  'Get-WebBinding': webBinding,
  'New-WebBinding': changingSite(true),
  'Remove-WebBinding': changingSite(false),
  'Import-Module': () => [],
  'Get-Date': ({ scope }) => [
    new Date(scope.call.machine.now().getTime() + scope.call.machine.clockAheadSeconds * 1000),
  ],
};
