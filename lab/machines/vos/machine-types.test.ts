import { afterEach, expect, test } from 'vitest';
import { MachineId } from '#model/names.ts';
import { machineTypes } from '#model/vocabulary.ts';
import { productOf } from '#products/index.ts';
import { WebClient } from '#tests/support/web-client.ts';
import { issue, newKey } from '../../authority.ts';
import { selfSignedCertificate } from '../../certificates.ts';
import { freePorts } from '../../network.ts';
import { administrationOf } from './administration/index.ts';
import { VosMachine } from './machine.ts';
import { usualManners } from './manners.ts';

const release = '15.0(1)';
let machine: VosMachine | null = null;
afterEach(() => machine?.stop());

test.each(machineTypes.filter((type) => productOf(type).platform === 'vos'))(
  'a machine of type %s has its units and its OS Administration',
  async (type) => {
    const fqdn = 'node1.lab.example';
    const now = (): Date => new Date();
    const numbers = productOf(type).listeners.map(({ port }) => port);
    const free = await freePorts(numbers.length);
    const identity = await issue(selfSignedCertificate({ type, fqdn }, now(), { key: await newKey({ ec: 'P-256' }) }));
    machine = new VosMachine({
      id: MachineId.parse('node1'),
      type,
      fqdn,
      address: '127.0.0.1',
      release,
      identity,
      certificates: 'self-signed',
      manners: usualManners,
      now,
      placeOf: (port) => ({ address: '127.0.0.1', port: free[numbers.indexOf(port)] ?? 0 }),
      applicationAt: () => ({
        speaks: 'http',
        answer: (_request, response) => response.writeHead(404).end(),
        upgrade: (_request, socket) => socket.destroy(),
      }),
      administration: administrationOf,
    });
    await machine.startAll();
    expect(machine.units.all.map(({ name }) => name).slice(0, 2)).toEqual(['tomcat', 'ipsec']);
    const port = [8443, 443].find((number) => machine?.openPorts.includes(number));
    const web = new WebClient({
      place: machine.port(port ?? 0).place,
      fqdn,
      anchors: identity.certificate.toString(),
    });
    expect((await web.get('/cmplatform')).text).toContain('name="j_username"');
  },
);
