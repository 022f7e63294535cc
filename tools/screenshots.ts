import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';

/** Takes the pictures of the README anew, from a lab of its own: `node tools/screenshots.ts`. */
const state = mkdtempSync(join(tmpdir(), 'uccert-pictures-'));
const out = join(state, 'report');
const links = join(state, 'links');

function uccert(...args: string[]): string {
  const done = spawnSync(process.execPath, ['cli/main.ts', ...args], {
    encoding: 'utf8',
    env: { ...process.env, UCCERT_STATE: state, UCCERT_INVENTORY: join(state, 'lab', 'uccert.yaml') },
  });
  return done.stdout;
}

try {
  uccert('lab', 'up', '--network', '127.79.0.0/16');
  uccert('lab', 'break', 'finesse-certificate-expired');
  const text = uccert('scan', '--color', '--out', out);
  uccert('lab', 'down');
  uccert('lab', 'up', '--deployment', 'pcce', '--network', '127.79.0.0/16');
  uccert('lab', 'break', 'finesse-secondary-not-given-cuic', 'portico-recreated', 'aw-certificate-not-in-cvp');
  uccert('trust', '--quiet', '--out', links);
  uccert('lab', 'down');

  const browser = await chromium.launch({
    executablePath: process.env['UCCERT_CHROMIUM'] ?? '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  mkdirSync('docs/images', { recursive: true });
  const page = await browser.newPage({ viewport: { width: 980, height: 700 }, deviceScaleFactor: 1.5 });
  await page.setContent(terminalPage(text));
  await page.locator('pre').screenshot({ path: 'docs/images/terminal.png' });
  await page.setViewportSize({ width: 1200, height: 900 });
  await page.setContent(readFileSync(join(out, 'report.html'), 'utf8'));
  await page.screenshot({ path: 'docs/images/report.png' });
  await page.setContent(readFileSync(join(links, 'report.html'), 'utf8'));
  const trust = await page.locator('#trust').boundingBox();
  if (trust !== null) {
    const clip = { x: trust.x - 16, y: trust.y - 8, width: trust.width + 32, height: 1256 };
    await page.screenshot({ path: 'docs/images/trust.png', fullPage: true, clip });
  }
  await browser.close();
} finally {
  rmSync(state, { recursive: true, force: true });
}

/** What a terminal makes of the colours that uccert writes. */
function terminalPage(text: string): string {
  const colours: Record<string, string> = { 31: '#f28b82', 32: '#8fd19e', 33: '#f4c66b', 36: '#8ab4f8', 90: '#9aa0a6' };
  const styles: Record<string, string> = {
    1: 'font-weight:700',
    2: 'opacity:.6',
    4: 'text-decoration:underline',
    7: 'background:#e8eaed;color:#202124',
  };
  let open = 0;
  const body = `$ uccert scan\n${text}`
    .replace(/[&<>]/g, (letter) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[letter] ?? letter)

    .replace(/\u001b\[([0-9;]*)m/g, (_escape, codes: string) =>
      codes
        .split(';')
        .map((code) => {
          const style = styles[code] ?? (code in colours ? `color:${colours[code] ?? ''}` : background(code));
          if (style !== null) {
            open += 1;
            return `<span style="${style}">`;
          }
          const closing = '</span>'.repeat(open > 0 ? 1 : 0);
          open = Math.max(0, open - 1);
          return closing;
        })
        .join(''),
    );
  return `<body style="margin:0;background:#202124"><pre style="margin:0;padding:24px 28px;width:fit-content;color:#e8eaed;background:#202124;font:14px/1.5 'DejaVu Sans Mono',monospace">${body}${'</span>'.repeat(open)}</pre></body>`;
}

function background(code: string): string | null {
  const colours: Record<string, string> = { 41: '#a50e0e', 42: '#137333', 43: '#8a5a00', 44: '#174ea6' };
  const colour = colours[code];
  return colour === undefined ? null : `background:${colour};color:#fff`;
}
