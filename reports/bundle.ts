import type { Bundle, BundleCertificate } from '#model/bundle.ts';
import { firefoxExceptions, firefoxPolicies } from '#model/firefox-trust.ts';
import { toPem } from '#model/pem.ts';
import { visible } from './escape.ts';

/** One file of a bundle. */
export interface BundleFile {
  readonly path: string;
  readonly contents: string | Uint8Array;
  /** A script that is run as it stands. */
  readonly isScript?: true;
}

/** A bundle as files: the certificates, and what Windows, Firefox and Linux take them by. Pure. */
export function bundleFiles(bundle: Bundle): readonly BundleFile[] {
  const files: readonly BundleFile[] = [
    { path: 'README.md', contents: readme(bundle) },
    ...bundle.certificates.flatMap(({ name, der }): BundleFile[] => [
      { path: `certificates/${name}.pem`, contents: toPem(der) },
      { path: `certificates/${name}.cer`, contents: der },
    ]),
    { path: 'install.ps1', contents: powerShell(bundle), isScript: true },
    ...firefoxFiles(bundle),
    { path: 'install-nss.sh', contents: nssScript(bundle), isScript: true },
  ];
  const list = files.map(({ path }) => `${path}\n`).join('');
  return [...files, { path: bundleList, contents: `${bundleListTitle}\n${list}` }];
}

/** The file that says what a bundle consists of, so that the next one leaves nothing of it. */
export const bundleList = 'files.txt';
const bundleListTitle = '# The files of a bundle of uccert, which the next one into this folder replaces';

/** The files of an earlier bundle, by its list; null where it is none. */
export function filesOfBundle(list: string): readonly string[] | null {
  const [title, ...paths] = list.trimEnd().split('\n');
  if (title !== bundleListTitle) return null;
  return [...paths.filter((path) => /^[\w-]+(\.[\w-]+)*(\/[\w.-]+)?$/.test(path) && !path.includes('/.')), bundleList];
}

/** What the people who hand it out must know before, a line each. */
export function bundleWarnings({ certificates }: Bundle): string[] {
  return certificates.flatMap(({ name, until, isEnded, isAuthority, trust }) => [
    ...(isEnded ? [`${name} ended on ${until}: browsers warn of its pages whoever trusts it. Renew it first.`] : []),
    ...(isAuthority && trust === 'itself'
      ? [
          `${name} calls itself an authority (CA:TRUE): among the Trusted Root Certification Authorities whoever has its private key can sign for any name, and these PCs believe it. Have the machine's certificate signed by an authority instead (certificates: ca-signed), and hand out the root of that.`,
        ]
      : []),
  ]);
}

/** Windows line ends: Notepad and Group Policy editors show the file as it is. */
function powerShell({ client, certificates }: Bundle): string {
  const lines = [
    '#Requires -RunAsAdministrator',
    `# Trusted Root Certification Authorities of this PC, for the profile ${client}. Edge and Chrome trust what is there.`,
    '# -Remove takes out again what this script put there; what was there before stays.',
    'param([switch]$Remove)',
    "$ErrorActionPreference = 'Stop'",
    "$store = 'Cert:\\LocalMachine\\Root'",
    `$mark = '${markOf(client)}'`,
    '$certificates = @(',
    ...certificates.map(({ name, sha256 }) => `  @{ File = '${name}.cer'; Sha256 = '${sha256}' }`),
    ')',
    'foreach ($entry in $certificates) {',
    "  $file = Join-Path $PSScriptRoot (Join-Path 'certificates' $entry.File)",
    '  if ((Get-FileHash -Algorithm SHA256 -Path $file).Hash -ne $entry.Sha256) { throw "$file is not the file of this bundle" }',
    '  $certificate = New-Object System.Security.Cryptography.X509Certificates.X509Certificate2 $file',
    '  $held = Get-ChildItem $store | Where-Object Thumbprint -eq $certificate.Thumbprint',
    '  if ($Remove -and $held.FriendlyName -eq $mark) {',
    '    $held | Remove-Item',
    '    Write-Output "removed   $($certificate.Subject)"',
    '  } elseif ($Remove) {',
    '    Write-Output "left      $($certificate.Subject): this script did not put it there, or it is gone"',
    '  } elseif ($held) {',
    '    Write-Output "was there $($certificate.Subject)"',
    '  } else {',
    '    Import-Certificate -FilePath $file -CertStoreLocation $store | Out-Null',
    '    (Get-Item (Join-Path $store $certificate.Thumbprint)).FriendlyName = $mark',
    '    Write-Output "installed $($certificate.Subject)"',
    '  }',
    '}',
    '',
  ];
  return lines.join('\r\n');
}

/** By what a script tells what it put into a store from what was there before. */
function markOf(client: string): string {
  return `uccert ${client}`;
}

/** Policies name files where Firefox keeps certificates for policies; exceptions, where there are any, are for what it takes from none. */
function firefoxFiles({ certificates, firefox: { byPolicy, exceptions } }: Bundle): BundleFile[] {
  const files = certificates.filter(({ sha256 }) => byPolicy.includes(sha256)).map(({ name }) => `${name}.pem`);
  const policies = firefoxPolicies(files, { importEnterpriseRoots: true });
  return [
    { path: 'firefox/policies.json', contents: policies },
    ...(exceptions.length === 0
      ? []
      : [{ path: 'firefox/cert_override.txt', contents: firefoxExceptions(exceptions) }]),
  ];
}

/** NSS trust flags: C trusts an authority for TLS servers, P one server certificate for itself. */
const flags: Readonly<Record<BundleCertificate['trust'], string>> = { authority: 'C,,', itself: 'P,,' };

function nssScript({ client, certificates }: Bundle): string {
  const each = certificates.map(({ name, trust, sha256 }) => `one '${name}' '${flags[trust]}' ${sha256}`);
  const mark = markOf(client);
  return [
    '#!/bin/sh',
    `# The NSS store of this user, for the profile ${client}: Chromium and Chrome on Linux read it. Needs certutil (Debian: libnss3-tools).`,
    '# --remove takes out again what this script put there; what was there before stays. A folder is that of another store.',
    'set -eu',
    'here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)',
    'remove=',
    'if [ "${1:-}" = --remove ]; then remove=yes; shift; fi',
    'folder="${1:-$HOME/.pki/nssdb}"',
    'store="sql:$folder"',
    'one() {',
    '  file="$here/certificates/$1.cer"',
    '  if [ "$(sha256sum < "$file" | cut -c 1-64)" != "$3" ]; then echo "$file is not the file of this bundle" >&2; exit 1; fi',
    `  name="${mark} $1"`,
    '  held=$(holder "$3")',
    '  if [ -n "$remove" ]; then',
    '    if certutil -L -d "$store" -n "$name" > /dev/null 2>&1; then certutil -D -d "$store" -n "$name"; fi',
    '  elif [ -n "$held" ] && [ "$held" != "$name" ]; then echo "$1 was there before as $held, and is left as it is"',
    '  else certutil -A -d "$store" -t "$2" -n "$name" -i "$file"; fi',
    '}',
    '# The name under which the store has a certificate: NSS knows none twice.',
    'holder() {',
    '  certutil -L -d "$store" | sed -n \'s/[[:space:]]*[A-Za-z]*,[A-Za-z]*,[A-Za-z]*[[:space:]]*$//p\' | while IFS= read -r each; do',
    '    if [ "$(certutil -L -d "$store" -n "$each" -r 2> /dev/null | sha256sum | cut -c 1-64)" = "$1" ]; then printf "%s\\n" "$each"; break; fi',
    '  done',
    '}',
    'mkdir -p "$folder"',
    '[ -f "$folder/cert9.db" ] || certutil -N -d "$store" --empty-password',
    ...each,
    'certutil -L -d "$store"',
    '',
  ].join('\n');
}

function readme(bundle: Bundle): string {
  const { client, audiences, certificates, firefox, pages } = bundle;
  const trust = { authority: 'authority', itself: 'this certificate alone' } as const;
  return [
    `# Certificates for the PCs of ${client}`,
    '',
    `For: ${audiences.join(', ')}.`,
    '',
    '| file | what | trusted as | until | SHA-256 |',
    '| ---- | ---- | ---------- | ----- | ------- |',
    ...certificates.map(
      (each) =>
        `| ${each.name} | ${cell(visible(each.title))} | ${trust[each.trust]} | ${each.until} | ${each.sha256} |`,
    ),
    '',
    ...(bundleWarnings(bundle).length === 0 ? [] : ['## Before you hand it out', '']),
    ...bundleWarnings(bundle).flatMap((line) => [`- ${line}`, '']),
    '## Windows: Edge and Chrome',
    '',
    'By group policy: Computer Configuration > Policies > Windows Settings > Security Settings > Public Key Policies > Trusted Root Certification',
    'Authorities > Import, each file of `certificates` that ends in `.cer`. Then `gpupdate /force` on a PC, close the browser and open it again.',
    '',
    'On one PC, as administrator: `powershell -ExecutionPolicy Bypass -File install.ps1`; with `-Remove` it takes out again what it put there.',
    '',
    '## Firefox',
    '',
    '`firefox/policies.json` goes into the folder `distribution` of the Firefox installation (by group policy: the same values under Mozilla >',
    'Firefox > Certificates), the `.pem` files into `%PROGRAMDATA%\\Mozilla\\Certificates` on Windows, `/usr/lib/mozilla/certificates` on Linux.',
    'With ImportEnterpriseRoots it also trusts what Windows trusts.',
    ...(firefox.exceptions.length === 0 ? [] : aboutExceptions),
    '',
    '## Linux: Chromium and Chrome',
    '',
    '`sh install-nss.sh` as the user who browses; with `--remove` it takes out again what it put there.',
    '',
    '## Pages that open without a warning then',
    '',
    ...pages.map(
      ({ url, title, audiences: own, mayBeClosed }) =>
        `- <${url}> ${title} (${own.join(', ')})${mayBeClosed === null ? '' : `; where it is open: ${mayBeClosed}`}`,
    ),
    '',
    'Close the browser and open it again before you look. `uccert browse` looks with the trust of this profile.',
    '',
  ].join('\n');
}

const aboutExceptions = [
  '',
  '`firefox/cert_override.txt` is for self-signed certificates that call themselves authorities: Firefox takes them from no policy',
  '(MOZILLA_PKIX_ERROR_CA_CERT_USED_AS_END_ENTITY), only as exceptions. While Firefox is closed the file goes into the profile of each user',
  '(about:profiles), after the lines that are there; or each user accepts the warning of each port once. An exception outlives the dates of',
  'its certificate: nobody is warned when it has ended.',
];

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
