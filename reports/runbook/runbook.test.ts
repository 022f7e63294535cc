import { describe, expect, test } from 'vitest';
import { MachineId } from '#model/names.ts';
import type { Runbook } from '#model/runbook.ts';
import { runbookHtml } from './html.ts';
import { runbookMarkdown } from './markdown.ts';

const machine = MachineId.parse('uccx1');
const subject = { scope: 'endpoint', machine, port: 8443, address: null, serverName: null } as const;
const runbook: Runbook = {
  plan: '20261122T031500123Z-9f3a',
  digest: 'ab'.repeat(32),
  madeAt: '2026-11-22T03:15:00.123Z',
  machines: [{ id: 'uccx1', name: 'uccx1.example.com', is: 'Unified CCX, publisher' }],
  before: ['A backup is at hand.'],
  stops: ['uccx1: Cisco Tomcat (pages are away)'],
  changes: [
    {
      title: 'Restart what <b>lags</b>',
      clears: [{ fault: 'certificate-expired', subject }],
      keeps: [],
      irreversible: [],
      needs: [],
      brings: [],
      steps: [
        {
          title: 'uccx1: restart Cisco Tomcat',
          where: 'uccx1.example.com',
          outage: 'pages are away',
          before: ['uccx2.example.com answers on port 8443.'],
          ways: [
            {
              by: 'the command line',
              lines: [
                { kind: 'command', text: 'utils service restart Cisco Tomcat' },
                { kind: 'answer', to: 'continue (y/n)?', text: 'y' },
                { kind: 'paste', text: '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----' },
                { kind: 'click', text: 'Press *Close*' },
                { kind: 'tick', text: 'It was there before.' },
              ],
            },
          ],
          takenUpBy: [{ number: '2.11', title: 'uccx1: restart Cisco Finesse Tomcat' }],
          check: ['Cisco Tomcat[STARTED] is shown.'],
          back: [{ kind: 'click', text: 'Nothing to take back.' }],
        },
      ],
    },
  ],
  after: [{ kind: 'command', text: 'del "copy"' }],
  notCovered: ['weak-key at ccp1:443: a certificate with a longer key has to be made'],
  basis: [{ of: 'uccx1', lines: ['holds as tomcat: ab'] }],
};

describe.each([
  [
    'Markdown',
    runbookMarkdown,
    '```\nutils service restart Cisco Tomcat\n```',
    'Press \\*Close\\*',
    '- [ ] It was there before.',
  ],
  [
    'HTML',
    runbookHtml,
    '<pre>utils service restart Cisco Tomcat</pre>',
    'Press *Close*',
    '<ul class="check"><li>It was there before.</li></ul>',
  ],
] as const)('the runbook in %s', (_form, render, command, click, tick) => {
  const written = render(runbook);

  test('has every step with its way, its check, its way back, and room to sign', () => {
    const whole = [
      command,
      click,
      tick,
      'continue (y/n)?',
      'pages are away',
      'Nothing to take back.',
      'MAA=',
      'checked by',
    ];
    for (const part of whole) expect(written).toContain(part);
  });

  test('says in the step which later one restarts', () => {
    expect(written).toMatch(/Taken up when restarted in[^]*2\.11[^]*uccx1: restart Cisco Finesse Tomcat[^]*Check:/);
    const [change] = runbook.changes;
    if (change === undefined) throw new Error('no change');
    const steps = change.steps.map((step) => ({ ...step, takenUpBy: [] }));
    expect(render({ ...runbook, changes: [{ ...change, steps }] })).not.toContain('Taken up');
  });

  test('says with a change what it brings with it, and which steps of others it needs', () => {
    const [change] = runbook.changes;
    if (change === undefined) throw new Error('no change');
    expect(written).not.toMatch(/Needs besides|Brings with it/);
    expect(render({ ...runbook, changes: [{ ...change, brings: ['a notice'] }] })).toContain(
      'Brings with it: a notice.',
    );
    const needs = [{ number: '2.4', title: 'uccx1: restart Cisco Tomcat' }];
    expect(render({ ...runbook, changes: [{ ...change, needs }] })).toMatch(
      /Puts right[^]*Needs besides[^]*2\.4[^]*uccx1: restart Cisco Tomcat[^]*1\.1/,
    );
  });

  test('says before a step what must be seen then, and nothing where nothing must', () => {
    expect(written).toMatch(/Before it:[^]*uccx2\.example\.com answers on port 8443\.[^]*By the command line/);
    const [change] = runbook.changes;
    if (change === undefined) throw new Error('no change');
    const steps = change.steps.map((step) => ({ ...step, before: [] }));
    expect(render({ ...runbook, changes: [{ ...change, steps }] })).not.toContain('Before it');
  });

  test('ends with what is cleared away, where something is', () => {
    expect(written).toMatch(/Done when[^]*Once all has been well[^]*del (&quot;|")copy(&quot;|")[^]*Not in this plan/);
    expect(render({ ...runbook, after: [] })).not.toContain('Once all');
  });

  test('says first which machines it is for, and how they are signed in to', () => {
    expect(written).toMatch(
      /Machines[^]*uccx1\W[^]*uccx1\.example\.com\W[^]*Unified CCX, publisher[^]*Before the first step/,
    );
  });

  test('says what stops, what it does not do, and what it rests on', () => {
    expect(written).toMatch(/What stops meanwhile[^]*uccx1: Cisco Tomcat[^]*Change 1/);
    expect(written).toMatch(
      /Not in this plan[^]*weak-key[^]*What was seen when the plan was made[^]*uccx1[^]*holds as tomcat: ab/,
    );
  });

  test('says at the beginning which changes it holds, where that is more than one', () => {
    const [change] = runbook.changes;
    if (change === undefined) throw new Error('no change');
    expect(written).not.toMatch(/Changes(<|\n)/);
    const [step] = change.steps;
    if (step === undefined) throw new Error('no step');
    const two = render({ ...runbook, changes: [change, { ...change, title: 'Another', steps: [step, step] }] });
    expect(two).toMatch(
      /Changes(<|\n)[^]*Change 1: Restart[^\n]*, step 1\.1[^]*Change 2: Another[^\n]*, steps 2\.1 to 2\.2[^]*Puts right/,
    );
  });

  test('takes no text for its own', () => {
    expect(written).not.toContain('<b>lags</b>');
  });
});

test.each([
  ['Keep it as %TEMP%\\a_b.cer on aw1.', 'Keep it as `%TEMP%\\a_b.cer` on aw1.'],
  ['copy <ICM>\\ssl\\cacerts beside it', 'copy `<ICM>\\ssl\\cacerts` beside it'],
  ['The alias (vxml_certificate), once.', 'The alias (`vxml_certificate`), once.'],
  ['5 * 4 | 3', '5 \\* 4 \\| 3'],
  ['a ` of it', 'a \\` of it'],
  ['Type `show cert own tomcat_x` there.', 'Type `show cert own tomcat_x` there.'],
])('Markdown has %j to be read and copied as it is', (before, shown) => {
  expect(runbookMarkdown({ ...runbook, before: [before] })).toContain(`- [ ] ${shown}\n`);
});

test.each([
  ['Type `show cert own tomcat` there.', 'Type <code>show cert own tomcat</code> there.'],
  ['a ` of <it>', 'a ` of &lt;it&gt;'],
  ['`a <b-c>`', '<code>a <span class="word">&lt;b-c&gt;</span></code>'],
])('HTML has %j to be read as it is', (before, shown) => {
  expect(runbookHtml({ ...runbook, before: [before] })).toContain(`<li>${shown}</li>`);
});

test('a long command breaks at its blanks alone, and is copied as it stands', () => {
  const text = 'openssl x509 -noout -ext san=dns:a-b.example.com';
  const html = runbookHtml({ ...runbook, after: [{ kind: 'command', text }] });
  const [, shown = ''] = /<pre>(openssl.*?)<\/pre>/.exec(html) ?? [];
  expect(shown.match(/<span class="word">[^<]*<\/span>/g)).toHaveLength(3);
  expect(shown.replaceAll(/<[^>]*>/g, '')).toBe(text);
});
