import { testFault } from '#tests/support/test-fault.ts';
import { weakDiffieHellman } from './weak-diffie-hellman.ts';

const of = (bits: number) => ({ variants: { dhe: { bits } } });

testFault(weakDiffieHellman, {
  present: [
    { name: '512 bits', ...of(512), severity: 'major', because: 'the Diffie-Hellman group has 512 bits' },
    { name: '1023 bits', ...of(1023), severity: 'major' },
    { name: '1024 bits', ...of(1024), severity: 'minor' },
    { name: '2047 bits', ...of(2047), severity: 'minor' },
  ],
  absent: [
    { name: '2048 bits', ...of(2048) },
    { name: 'no such suite', variants: { dhe: { alert: 'handshake_failure' } } },
  ],
  inconclusive: [
    { name: 'not asked', variants: { rsa: 'accepted' }, reason: 'not-probed' },
    { name: 'not TLS', variants: { dhe: { reason: 'not-tls', speech: 'http' } }, reason: 'not-tls' },
  ],
});
