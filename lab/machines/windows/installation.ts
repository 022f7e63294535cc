import type { MachineType } from '#model/names.ts';
import { isInRange } from '#products/release.ts';
import { productOf } from '#products/index.ts';

/** Where an installation is, as its guides print it. */
export const icm = 'C:\\icm';
export const cvpHome = 'C:\\Cisco\\CVP';
const cceJavaHome = 'C:\\Program Files (x86)\\OpenJDK\\jre-8.0.272.10-hotspot';

/** Which of the two suites a machine has. ECE has a suite of its own, whose guide was not read. */
export function suiteOf(type: MachineType): 'icm' | 'cvp' | 'none' {
  const paths = productOf(type).stores.map(({ keptIn }) => keptIn?.path ?? '');
  if (paths.some((path) => path.includes('%CVP_HOME%'))) return 'cvp';
  return paths.some((path) => path.includes('<ICM>')) ? 'icm' : 'none';
}

/** The variables that the system gives to a session. */
export function environmentOf(type: MachineType, host: string): Readonly<Record<string, string>> {
  const suite = suiteOf(type);
  const folders = [
    'C:\\Windows\\system32',
    'C:\\Windows',
    'C:\\Windows\\system32\\WindowsPowerShell\\v1.0',
    ...(suite === 'icm' ? [`${icm}\\bin`] : []),
  ];
  return {
    COMPUTERNAME: host.toUpperCase(),
    ComSpec: 'C:\\Windows\\system32\\cmd.exe',
    OS: 'Windows_NT',
    Path: folders.join(';'),
    PATHEXT: '.COM;.EXE;.BAT;.CMD',
    SystemDrive: 'C:',
    SystemRoot: 'C:\\Windows',
    TEMP: 'C:\\Users\\Administrator\\AppData\\Local\\Temp',
    USERNAME: 'Administrator',
    USERPROFILE: 'C:\\Users\\Administrator',
    windir: 'C:\\Windows',
    ...(suite === 'cvp' ? { CVP_HOME: cvpHome } : {}),
    ...(suite === 'icm' ? { CCE_JAVA_HOME: cceJavaHome, JAVA_HOME: cceJavaHome } : {}),
  };
}

/** Folders that every machine has. */
export const folders = [
  'C:\\Windows\\system32',
  'C:\\Users\\Administrator\\AppData\\Local\\Temp',
  'C:\\inetpub\\wwwroot',
];

const system = [
  'certreq',
  'certutil',
  'findstr',
  'hostname',
  'iisreset',
  'more',
  'net',
  'netsh',
  'reg',
  'sc',
  'whoami',
];

/** The programs that lie on the drive. What lies there is a name only: the lab runs its own in its place. */
export function programsOf(type: MachineType, release: string): readonly string[] {
  const suite = suiteOf(type);
  return [
    ...system.map((name) => `C:\\Windows\\system32\\${name}.exe`),
    'C:\\Windows\\system32\\WindowsPowerShell\\v1.0\\powershell.exe',
    ...(suite === 'icm'
      ? [
          `${cceJavaHome}\\bin\\keytool.exe`,
          `${icm}\\bin\\CiscoCertUtil.exe`,
          `${icm}\\serviceability\\diagnostics\\bin\\DiagFwCertMgr.exe`,
        ]
      : []),
    ...(suite === 'cvp'
      ? [
          `${cvpHome}\\jre\\bin\\keytool.exe`,
          `${cvpHome}\\bin\\ServiceController\\service-controller.bat`,
          ...(hidesPassword(release) ? [`${cvpHome}\\bin\\DecryptKeystoreUtil.bat`] : []),
        ]
      : []),
  ];
}

/** From 12.6(2) on security.properties holds the password encrypted (CVP 12.6(2), Unified CVP Security). */
export function hidesPassword(release: string): boolean {
  return isInRange(release, { from: '12.6(2)' }) !== false;
}

/** The JKS trust stores: of CCE that of the release, and that of OpenJDK for System CLI; of CVP that of its Java. */
export function trustFilesOf(type: MachineType, release: string): readonly string[] {
  const suite = suiteOf(type);
  if (suite === 'cvp') return [`${cvpHome}\\jre\\lib\\security\\cacerts`];
  if (suite === 'none') return [];
  const named = productOf(type).stores.flatMap(({ trustFiles = [] }) =>
    trustFiles.filter(({ releases }) => isInRange(release, releases ?? {}) !== false).map(({ path }) => path),
  );
  const places = [...named, '%CCE_JAVA_HOME%\\lib\\security\\cacerts'].map((path) =>
    path.replace('<ICM>', icm).replace(/%(CCE_)?JAVA_HOME%/, cceJavaHome),
  );
  return [...new Set(places)];
}

/** The key store of CVP, and the password of every `cacerts` as installed. */
export const keyStorePath = `${cvpHome}\\conf\\security\\.keystore`;
export const securityProperties = `${cvpHome}\\conf\\security.properties`;
export const trustPassword = 'changeit';
export const hostCertificate = `${icm}\\ssl\\certs\\host.pem`;
export const hostKey = `${icm}\\ssl\\keys\\host.key`;
/** Where DiagFwCertMgr notes what it made and what it bound. */
export const diagnosticKey =
  'HKEY_LOCAL_MACHINE\\SOFTWARE\\Cisco Systems, Inc.\\ICM\\Serviceability\\DiagnosticFramework';
