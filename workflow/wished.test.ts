import { expect, test } from 'vitest';
import { UsageError } from '#model/errors.ts';
import type { PresentFinding } from '#model/finding.ts';
import type { Inventory } from '#inventory/load.ts';
import { wished, type Wish } from './wished.ts';

const finding = (fault: string, machine: string): PresentFinding =>
  ({ fault, subject: { scope: 'endpoint', machine, port: 443 } }) as unknown as PresentFinding;
const ended = finding('certificate-expired', 'uccx1');
const weak = finding('weak-key', 'uccx1');
const other = finding('certificate-expired', 'uccx2');
const inventory = {
  snapshot: { machines: ['uccx1', 'uccx2', 'cucm1'].map((id) => ({ id, fqdn: `${id}.example.com` })) },
} as unknown as Inventory;

test.each<readonly [wish: Wish, found: readonly PresentFinding[]]>([
  [{}, [ended, weak, other]],
  [{ machines: ['uccx1'] }, [ended, weak]],
  [{ machines: ['UCCX1.example.COM'] }, [ended, weak]],
  [{ faults: ['certificate-expired'] }, [ended, other]],
  [{ machines: ['uccx2', 'cucm1'], faults: ['weak-key', 'certificate-expired'] }, [other]],
  [{ machines: ['cucm1'] }, []],
])('%j picks what was found', (wish, found) => {
  const all = [ended, weak, other];
  expect(wished(all, wish, inventory)).toEqual({ found, left: all.filter((each) => !found.includes(each)) });
});

test.each<readonly [wish: Wish, says: RegExp]>([
  [{ machines: ['uccx3'] }, /uccx3 is not a machine of the inventory[^]*uccx1, uccx2, cucm1/],
  [{ faults: ['name-mismatch'] }, /name-mismatch is not a fault that the run found[^]*certificate-expired, weak-key/],
])('%j is refused, and it is said what there is', (wish, says) => {
  expect(() => wished([ended, weak], wish, inventory)).toThrow(UsageError);
  expect(() => wished([ended, weak], wish, inventory)).toThrow(says);
});
