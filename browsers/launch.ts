import { tmpdir } from 'node:os';
import type { LaunchOptions } from '@playwright/test';
import { messageOf } from '#model/errors.ts';
import type { BrowserName } from '#model/inventory.ts';
import { BrowserUnavailable } from './browser-file.ts';

/** Suggestions under the address of a window: each window of a recent Chromium starts processes for them, which took a third of all CPU time of the suites. */
const roundThePage = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'];

/** What Playwright leaves out: of two lists Chromium takes the last alone. */
const leftOutByPlaywright = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
];

/** What every browser is started with; `home` is a folder of its own. */
export function launchOptions(home: string): LaunchOptions {
  return {
    // Nothing else of this process is a browser's business.
    env: { HOME: home, PATH: process.env['PATH'] ?? '', TMPDIR: tmpdir(), LANG: 'C.UTF-8' },
    // Whoever is interrupted ends the browser: the suites sign their accounts out through it first.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  };
}

/** What every Chromium is started with besides. `resolverRules`: where names lead, as `--host-resolver-rules` takes it. */
export function chromiumOptions(resolverRules: string): LaunchOptions {
  return {
    // Chromium refuses to run its sandbox as root. What servers send is hostile, so everybody else keeps it.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [
      '--lang=en-US',
      '--no-proxy-server',
      `--disable-features=${[...leftOutByPlaywright, ...roundThePage].join(',')}`,
      `--host-resolver-rules=${resolverRules}`,
    ],
  };
}

/** The beginning of what a program said. */
export function firstLines(text: string): string {
  return text.split('\n').slice(0, 3).join(' ').slice(0, 400);
}

/** Whether it tells that the browser has ended, or the process of a page in it. */
export function tellsOfEnd(error: unknown): boolean {
  return /has been closed|crashed|Process exited|process did exit/i.test(messageOf(error));
}

/** Why a browser did not start. Of a program that ends at once Playwright tells no more than that something was closed. */
export function notStarted(file: string, browser: BrowserName, error: unknown): BrowserUnavailable {
  const message = messageOf(error);
  return new BrowserUnavailable(
    tellsOfEnd(error)
      ? `${file} ended at once; is it a ${browser === 'firefox' ? 'Firefox' : 'Chromium'}?`
      : `${file} did not start: ${firstLines(message.replace(/^browserType\.\w+: /, ''))}`,
    `Start it by hand to see what it lacks, or name another one in ${browser === 'firefox' ? 'UCCERT_FIREFOX' : 'UCCERT_CHROMIUM'}.`,
    { cause: error },
  );
}
