/**
 * What a request of Windows is to hold. IIS Manager asks for no subjectAltName: this does, as the text extension of certreq. Key usages
 * are those of a TLS server, extended ones those that CCE wants of its template: server and client authentication.
 */
export function requestPolicy(name: string): string {
  return [
    '[Version]',
    'Signature="$Windows NT$"',
    '[NewRequest]',
    `Subject = "CN=${name}"`,
    `FriendlyName = "${name}"`,
    'KeyLength = 2048',
    'KeySpec = 1',
    'KeyUsage = 0xA0',
    'HashAlgorithm = SHA256',
    'MachineKeySet = TRUE',
    'RequestType = PKCS10',
    'ProviderName = "Microsoft RSA SChannel Cryptographic Provider"',
    '[EnhancedKeyUsageExtension]',
    'OID = 1.3.6.1.5.5.7.3.1',
    'OID = 1.3.6.1.5.5.7.3.2',
    '[Extensions]',
    '2.5.29.17 = "{text}"',
    `_continue_ = "dns=${name}&"`,
    '',
  ].join('\r\n');
}
