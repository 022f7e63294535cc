import { createHash } from 'node:crypto';
import type { Runbook, RunbookLine, RunbookStep } from '#model/runbook.ts';
import { escapeHtml } from '../escape.ts';
import { Markup, markup, preformatted } from '../html/markup.ts';
import { style as shared } from '../html/style.ts';
import { targetsWords } from '../where.ts';
import { doneWhen, stepsWords } from './markdown.ts';

const style = `${shared}
.page p { max-width: none; } .page pre { max-width: none; white-space: pre-wrap; } .word { display: inline-block; max-width: 100%; text-indent: 0; overflow-wrap: anywhere; }
.step { border-top: 1px solid var(--line); padding: 1rem 0; }
.check { list-style: none; padding: 0; } .check li { padding-left: 1.7rem; text-indent: -1.7rem; } .check li::before { content: "\\2610"; display: inline-block; width: 1.7rem; text-indent: 0; font-size: 1.1em; }
.sign td { height: 2.6rem; } .sign th, .sign td { border: 1px solid var(--line); padding: .3rem .6rem; }
.page > h1 { padding-top: 2rem; } table + h2, ul + h3 { margin-top: 1.6rem; }
@media print { .step, .sign { break-inside: avoid; } h2.change { break-before: page; } }
`;
const digest = createHash('sha256').update(style).digest('base64');
const policy = `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`;

const signatures = markup`<table class="sign"><thead><tr><th>done by</th><th>checked by</th><th>date and time</th></tr></thead><tbody><tr><td></td><td></td><td></td></tr></tbody></table>`;

/** The runbook as one page that prints well and asks nothing of the network. */
export function runbookHtml(runbook: Runbook): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Runbook for plan ${runbook.plan}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<main class="page">
<h1>Runbook for plan ${runbook.plan}</h1>
<p class="lead">Made ${runbook.madeAt}, plan SHA-256 <code>${runbook.digest}</code></p>
<h2>Machines</h2>
<table><thead><tr><th>machine</th><th>sign in to</th><th>is</th></tr></thead><tbody>${runbook.machines.map(({ id, name, is }) => markup`<tr><td>${id}</td><td>${name}</td><td>${is}</td></tr>`)}</tbody></table>
<h2>Before the first step</h2>
${checks(runbook.before)}
${runbook.stops.length === 0 ? null : markup`<h2>What stops meanwhile</h2><ol>${runbook.stops.map((line) => markup`<li>${line}</li>`)}</ol>`}
${contents(runbook.changes)}
${runbook.changes.map(
  (change, at) => markup`<h2 class="change" id="change-${at + 1}">Change ${at + 1}: ${change.title}</h2>
<p>Puts right: ${targetsWords(change.clears, (fault) => fault)}</p>
${change.irreversible.length === 0 ? null : markup`<p class="critical"><span class="tag">cannot be taken back</span> ${change.irreversible.join('; ')}</p>`}
${change.brings.map((line) => markup`<p>Brings with it: ${line}.</p>`)}
${named('Needs besides, done once for several changes:', change.needs)}
${change.steps.map((step, place) => stepMarkup(step, `${at + 1}.${place + 1}`))}
<h3>Done when</h3>${checks(doneWhen(change))}
${signatures}`,
)}
${runbook.after.length === 0 ? null : markup`<h2>Once all has been well for some days</h2>${runbook.after.map(lineMarkup)}${signatures}`}
${runbook.notCovered.length === 0 ? null : markup`<h2>Not in this plan</h2><ul>${runbook.notCovered.map((line) => markup`<li>${line}</li>`)}</ul>`}
<h2>What was seen when the plan was made</h2>${runbook.basis.map(({ of, lines }) => markup`<h3>${of}</h3><ul class="plain">${lines.map((line) => markup`<li>${line}</li>`)}</ul>`)}
</main>
</body>
</html>
`.html;
}

function stepMarkup(step: RunbookStep, number: string): Markup {
  return markup`<div class="step" id="step-${number}"><h3>${number} ${step.title}</h3>
<p>Where: <b>${step.where}</b>${step.outage === null ? null : markup`. Meanwhile: ${step.outage}`}</p>
${step.before.length === 0 ? null : markup`<p>Before it:</p>${checks(step.before)}`}
${step.ways.map(({ by, lines }, at) => markup`<p>${at === 0 ? 'By' : 'Or by'} ${by}:</p>${lines.map(lineMarkup)}`)}
${named('Taken up when restarted in:', step.takenUpBy)}
<p>Check:</p>${checks(step.check)}
<p>Way back:</p>${step.back.map(lineMarkup)}</div>`;
}

function named(heading: string, steps: RunbookStep['takenUpBy']): Markup | null {
  if (steps.length === 0) return null;
  return markup`<p>${heading}</p><ul>${steps.map(({ number, title }) => markup`<li><a href="#step-${number}">${number}</a> ${title}</li>`)}</ul>`;
}

function lineMarkup(line: RunbookLine): Markup {
  switch (line.kind) {
    case 'command':
      return markup`<pre>${words(line.text)}</pre>`;
    case 'paste':
      return markup`<pre>${preformatted(line.text)}</pre>`;
    case 'answer':
      return markup`<p>At <code>${line.to}</code> answer <b>${line.text}</b>.</p>`;
    case 'click':
      return markup`<p>${prose(line.text)}</p>`;
    case 'tick':
      return checks([line.text]);
  }
}

function checks(lines: readonly string[]): Markup {
  return markup`<ul class="check">${lines.map((line) => markup`<li>${prose(line)}</li>`)}</ul>`;
}

/** A command in words that stay whole: a line that ends after a hyphen would be copied, or typed, as two. */
function words(command: string): Markup {
  const parts = command.split(/(\s+)/);
  return new Markup(
    parts
      .map((part, at) =>
        at % 2 === 1 || !/[-/?\\%]/.test(part) ? escapeHtml(part) : `<span class="word">${escapeHtml(part)}</span>`,
      )
      .join(''),
  );
}

/** Text with the commands in it set as such. */
function prose(text: string): readonly Markup[] {
  return text
    .split(/`([^`]+)`/)
    .map((part, at) => (at % 2 === 1 ? markup`<code>${words(part)}</code>` : markup`${part}`));
}

function contents(changes: Runbook['changes']): Markup | null {
  if (changes.length < 2) return null;
  return markup`<h2>Changes</h2><ul>${changes.map(
    ({ title }, at) =>
      markup`<li><a href="#change-${at + 1}">Change ${at + 1}: ${title}</a>, ${stepsWords(changes, at)}</li>`,
  )}</ul>`;
}
