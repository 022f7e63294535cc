import { expect, test } from 'vitest';
import { sha256 } from '#model/digest.ts';
import { MachineId, type Sha256 } from '#model/names.ts';
import type { StepOf } from '#model/step.ts';
import type { Reach } from './action.ts';
import { waitFor } from './wait-for.ts';

const der = Buffer.from('3003020101', 'hex');
const [own, other] = [sha256(der), sha256('another')];
const step: StepOf<'vos', 'wait-for'> = {
  do: 'wait-for',
  via: 'vos',
  on: MachineId.parse('cvp2'),
  ports: [7443, 9443],
  unit: 'tomcat',
  atMost: 600,
};

function waits(presented: Readonly<Record<number, Sha256 | null>>, left: Sha256 | null = own): Promise<void> {
  const reach = {
    leftAs: () => left,
    certificate: () => Promise.resolve(der),
    presented: (_on: MachineId, port: number) => Promise.resolve(presented[port] ?? null),
    pause: () => Promise.resolve(),
  } as unknown as Reach;
  return waitFor.apply(step, {}, reach);
}

test('ends when every port presents the certificate of the store', async () => {
  await expect(waits({ 7443: own, 9443: own })).resolves.toBeUndefined();
});

test('no port is waited for where somebody else put another certificate into the store since', async () => {
  await expect(waits({ 7443: own, 9443: own }, other)).rejects.toThrow(/cvp2 holds another tomcat certificate than/);
  await expect(waits({ 7443: own, 9443: own }, null)).resolves.toBeUndefined();
});

test.each([
  ['did not come up', { 7443: null, 9443: own }, 'nothing is presented at port 7443 of cvp2'],
  ['none did', {}, 'nothing is presented at ports 7443, 9443 of cvp2'],
  [
    'has another',
    { 7443: own, 9443: other },
    'another certificate than that of the store is presented at port 9443 of cvp2',
  ],
])('says of a port what it did: %s', async (_what, presented, said) => {
  await expect(waits(presented)).rejects.toThrow(`600 s after the restart ${said}`);
});

test('taken back, a port is waited for with what it presents then, unless the plan had opened it', async () => {
  const reach = { certificate: () => Promise.reject(new Error('nothing is bound')) } as unknown as Reach;
  const wait: StepOf<'windows', 'wait-for'> = { ...step, via: 'windows', unit: 'IIS', ports: [443] };
  await expect(waitFor.again?.(wait, reach)).rejects.toThrow('nothing is bound');
  await expect(waitFor.again?.({ ...wait, opens: true }, reach)).resolves.toBeUndefined();
});
