import { cisco } from '#products/sources.ts';
import { absent, defineFault, inconclusive, notApplicable, present } from '../define-fault.ts';

export const reverseNameDiffers = defineFault({
  id: 'reverse-name-differs',
  category: 'resolution',
  title: 'The address of the machine does not lead back to its name',
  titleAbsent: 'The address of the machine leads back to its name',
  symptom:
    'Installations and changes of the domain stop at their DNS check; logs name another host than the one that was meant.',
  cause: 'The reverse zone has no entry for the address, or still the one of an earlier machine.',
  advice: 'Correct the PTR record of the address, in the reverse zone of the DNS servers that the machines ask.',
  severity: 'minor',
  sources: [cisco.uccxCertificates('FQDN, DNS, and Domains'), cisco.uccxCli('utils network host', 'inferred')],
  judges: 'name',
  detect({ name, resolution: { addresses, reverse } }) {
    if (addresses.length === 0) return notApplicable('the name leads to no address');
    const isName = (other: string): boolean => plain(other) === plain(name);
    const other = reverse.find(({ names }) => names !== null && !names.some(isName));
    if (other !== undefined) {
      const found = other.names?.join(', ') ?? '';
      return present(
        'minor',
        found === '' ? `${other.address} has no name` : `${other.address} has the name ${found}`,
        { name, address: other.address, 'name of the address': found || 'none' },
      );
    }
    const silent = reverse.find(({ names }) => names === null);
    if (silent === undefined) return absent;
    const failure = { reason: 'name-not-resolved', name: silent.address } as const;
    return inconclusive({ kind: 'name-resolution', of: silent.address, failure });
  },
});

function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
