import 'reflect-metadata';
import * as asn1 from '@peculiar/x509';
import { expect, test } from 'vitest';
import { requestPolicy } from '#model/request-policy.ts';
import { newRequest } from '../../request.ts';
import { requestInf } from './request-inf.ts';

async function requested(policy: string): Promise<asn1.Pkcs10CertificateRequest> {
  const wish = requestInf(policy);
  if (wish === null) throw new Error('the policy was refused');
  return new asn1.Pkcs10CertificateRequest((await newRequest(wish)).pem);
}

test('a request holds what the policy of a runbook asks for, and nothing else', async () => {
  const request = await requested(requestPolicy('aw1.lab.example'));
  expect(request.subject).toBe('CN=aw1.lab.example');
  const { digitalSignature, keyEncipherment } = asn1.KeyUsageFlags;
  const { serverAuth, clientAuth } = asn1.ExtendedKeyUsage;
  const wanted = [
    new asn1.ExtendedKeyUsageExtension([serverAuth, clientAuth]),
    new asn1.KeyUsagesExtension(digitalSignature | keyEncipherment),
    new asn1.SubjectAlternativeNameExtension([{ type: 'dns', value: 'aw1.lab.example' }]),
  ];
  const der = (extensions: readonly asn1.Extension[]): string[] =>
    extensions.map(({ rawData }) => Buffer.from(rawData).toString('hex')).sort();
  expect(der(request.extensions)).toEqual(der(wanted));
});

test('a subject of several parts stays whole, and what is not asked for is not there', async () => {
  const request = await requested('[NewRequest]\r\nSubject = "C=NO, O=Example, CN=aw1.lab.example"\r\n');
  expect(request.subject).toBe('C=NO, O=Example, CN=aw1.lab.example');
  expect(request.extensions).toEqual([]);
});

test.each(['[NewRequest]\r\nKeyLength = 2048\r\n', '[NewRequest]\r\nSubject = "O=Example"\r\n'])(
  'without a common name there is none: %j',
  (policy) => {
    expect(requestInf(policy)).toBeNull();
  },
);
