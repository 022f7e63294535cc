import { expect, test } from 'vitest';
import { MachineId } from '#model/names.ts';
import { faultOf } from '#faults/index.ts';
import { leftOver } from './not-covered.ts';

const at = (machine: string) => ({ scope: 'machine', machine: MachineId.parse(machine) }) as const;
const fault = 'certificate-expired';
const because = 'its authority has not answered';

test('what is left to people is told by the words of its own case, and by those for every case where it has none', () => {
  const left = leftOver([
    { fault, subject: at('aw1'), because, todo: 'Have a new one signed.' },
    { fault, subject: at('aw2'), because, todo: 'Have a new one signed.' },
    { fault, subject: at('pg1a'), because },
  ]);
  expect(left.map(({ subjects, todo }) => [subjects.length, todo])).toEqual([
    [2, 'Have a new one signed.'],
    [1, faultOf(fault)?.advice],
  ]);
});
