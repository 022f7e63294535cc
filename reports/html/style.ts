/** The page's whole style. Colours meet WCAG AA on both grounds; no inline styles, so that its digest can stand in the policy. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #fbfbf9; --card: #ffffff; --ink: #1d1d1b; --soft: #5c5c57; --line: #dfdfd9; --link: #1f5a8c;
  --critical: #a3161f; --major: #964400; --minor: #6a5a00; --notice: #285f8f; --well: #256b3a; --unknown: #62566f;
  --critical-tint: #fbeceb; --major-tint: #fcf0e4; --minor-tint: #f8f4dc; --notice-tint: #eaf2f9; --well-tint: #e9f5ec; --unknown-tint: #f1edf5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #161615; --card: #1e1e1d; --ink: #ebebe6; --soft: #a6a69f; --line: #383835; --link: #8fc1ee;
    --critical: #ff9b96; --major: #ffb37a; --minor: #e2cf6c; --notice: #93c5f2; --well: #8bd3a0; --unknown: #c6b4da;
    --critical-tint: #3a1d1c; --major-tint: #38261a; --minor-tint: #312c17; --notice-tint: #1a2b3a; --well-tint: #1a2f20; --unknown-tint: #2a2431;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere; }
.page { max-width: 68rem; margin: 0 auto; padding: 0 1.5rem; }
a { color: var(--link); text-underline-offset: .18em; text-decoration-thickness: 1px; }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--link); outline-offset: 3px; border-radius: 3px; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 1; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; margin: 0; }
h2 { font-size: 1.375rem; font-weight: 600; margin-bottom: .35rem; }
h3 { font-size: 1.125rem; font-weight: 600; }
h4 { font-size: 1rem; font-weight: 600; margin-top: 1.25rem; }
p { margin: .4rem 0; max-width: 46rem; }
code, pre, .mono { font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
.soft, .lead { color: var(--soft); }
.lead { margin: 0 0 1rem; }
header.page { padding-top: 2rem; }
.running { display: flex; flex-wrap: wrap; gap: .2rem 1.5rem; color: var(--soft); font-size: .875rem; margin: 0 0 1rem; }
.running strong { color: var(--ink); font-weight: 600; letter-spacing: .01em; }
.verdict { border-left: 6px solid var(--tone); background: var(--tint); border-radius: 4px; padding: 1.5rem 1.75rem; }
.verdict h1 { font-size: clamp(1.9rem, 5vw, 2.6rem); font-weight: 650; letter-spacing: -.015em; color: var(--tone); }
.verdict p { max-width: none; }
.verdict .headline { font-size: 1.125rem; margin: .3rem 0 0; }
.first { margin-top: 1.25rem; padding-top: 1.1rem; border-top: 1px solid var(--line); }
.first p { margin: .15rem 0; }
.first .what { font-size: 1.125rem; font-weight: 600; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; padding: 0; margin: 1.25rem 0 0; font-size: .9375rem; }
section { margin-top: 3.25rem; scroll-margin-top: 1rem; }
.critical { --tone: var(--critical); --tint: var(--critical-tint); }
.major { --tone: var(--major); --tint: var(--major-tint); }
.minor { --tone: var(--minor); --tint: var(--minor-tint); }
.notice { --tone: var(--notice); --tint: var(--notice-tint); }
.well { --tone: var(--well); --tint: var(--well-tint); }
.unjudged { --tone: var(--unknown); --tint: var(--unknown-tint); }
.not-judged, .closed { --tone: var(--soft); --tint: transparent; }
a.tag { text-decoration: none; } a.tag:hover { text-decoration: underline; }
.tag { display: inline-block; color: var(--tone); background: var(--tint); border-radius: 3px; padding: .05rem .5rem; font-size: .8125rem; font-weight: 600; white-space: nowrap; }
.card { background: var(--card); border: 1px solid var(--line); border-top: 3px solid var(--tone); border-radius: 4px; padding: 1.4rem 1.6rem; margin: 1.1rem 0; }
.card > .tag { margin-bottom: .45rem; }
.facts { display: grid; grid-template-columns: minmax(6.5rem, max-content) 1fr; gap: .5rem 1.4rem; margin: 1rem 0 0; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; min-width: 0; }
.facts dd p, .facts dd ul { margin: 0; padding: 0; list-style: none; }
dd.do { font-weight: 550; }
.evidence { color: var(--soft); font-size: .9375rem; }
.evidence b { font-weight: 500; color: var(--ink); }
figure { margin: 1.2rem 0 0; }
figure img { display: block; max-width: 100%; max-height: 26rem; border: 1px solid var(--line); border-radius: 3px; }
figcaption { color: var(--soft); font-size: .875rem; margin-top: .35rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
caption { text-align: left; color: var(--soft); padding-bottom: .4rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem 1.1rem .45rem 0; border-bottom: 1px solid var(--line); }
thead th { color: var(--soft); font-weight: 500; font-size: .875rem; white-space: nowrap; }
tbody th { font-weight: 500; }
tbody.machine th[scope=rowgroup] { padding-top: 1.4rem; font-weight: 600; font-size: 1rem; }
tbody.machine th[scope=rowgroup] span { color: var(--soft); font-weight: 400; font-size: .875rem; margin-left: .6rem; }
td.date { white-space: nowrap; }
.pages td:nth-child(4) { overflow-wrap: anywhere; min-width: 14rem; } .pages tbody th { min-width: 11rem; }
.span-cell { width: 45%; min-width: 9rem; }
svg.span { display: block; width: 100%; height: 1.4rem; overflow: visible; }
svg .track { fill: var(--line); opacity: .45; } svg .bar { fill: var(--tone); } svg .now { stroke: var(--ink); stroke-width: 1.5; }
svg .tick { stroke: var(--line); } svg text { fill: var(--soft); font-size: .75rem; }
details { margin: .5rem 0; }
summary { cursor: pointer; padding: .2rem 0; }
.certificate { border-bottom: 1px solid var(--line); margin: 0; padding: .35rem 0; scroll-margin-top: 1rem; }
.certificate summary span { color: var(--soft); margin-left: .5rem; font-size: .9375rem; }
.certificate:target { background: var(--notice-tint); }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 3px; padding: .8rem 1rem; overflow-x: auto; user-select: all; max-width: 42rem; }
.steps { padding-left: 1.4rem; margin: .6rem 0; } .steps li { margin: .3rem 0; padding-left: .3rem; }
.plain { list-style: none; padding: 0; margin: 0; } .plain > li { padding: .6rem 0; border-bottom: 1px solid var(--line); } .plain > li p { margin: .1rem 0; }
time { white-space: nowrap; }
.changes { list-style: none; padding: 0; margin: .2rem 0 1.3rem; } .changes li { padding: .15rem 0 .15rem 1.3rem; text-indent: -1.3rem; }
.mark { text-indent: 0; display: inline-block; width: 1.3rem; color: var(--soft); font-weight: 600; }
.verdict + .verdict { margin-top: 1rem; } .verdict .changes { margin-bottom: 0; }
table.matrix { width: auto; margin-bottom: 1.2rem; }
.matrix th, .matrix td { padding: .2rem .35rem; text-align: center; border-bottom: 1px solid var(--line); }
.matrix tbody th { text-align: left; padding-right: .9rem; white-space: nowrap; }
.matrix thead th { vertical-align: bottom; } .matrix thead span { writing-mode: vertical-rl; transform: rotate(180deg); }
.matrix .tag { padding: 0 .3rem; min-width: 1.35rem; } .matrix .self { background: var(--line); opacity: .35; }
svg.graph { display: block; width: 100%; max-width: 50rem; margin: 0 auto 1rem; }
svg.graph text { fill: var(--ink); font-size: 13px; } svg.graph .node { fill: var(--soft); }
.arrow path { fill: none; stroke: var(--tone); stroke-width: 2.2; } .arrow polygon { fill: var(--tone); }
.arrow.well { opacity: .3; } .arrow.well path { stroke-width: 1; } .arrow:hover { opacity: 1; } .arrow:hover path { stroke-width: 3; }
.filter label { margin-right: 1rem; } .filter { margin-bottom: .8rem; }
.trust:has(#trust-agents:checked) .quiet, .of-agents { display: none; }
.trust:has(#trust-agents:checked) .of-all { display: none; } .trust:has(#trust-agents:checked) .of-agents { display: block; }
.link, .store { border-bottom: 1px solid var(--line); margin: 0; padding: .35rem 0; } .link :target, .store :target { background: var(--notice-tint); scroll-margin-top: 4rem; }
footer.page { margin-block: 4rem 3rem; padding-block: 1rem 0; border-top: 1px solid var(--line); color: var(--soft); font-size: .875rem; }
@media (max-width: 44rem) {
  .page { padding: 0 1rem; }
  .verdict { padding: 1.1rem 1.15rem; }
  .card { padding: 1.1rem 1.15rem; }
  .facts { grid-template-columns: 1fr; gap: .1rem; } .facts dd { margin-bottom: .7rem; }
  .stack { overflow-wrap: anywhere; }
  .stack thead { position: absolute; left: -99rem; }
  .stack tr { display: block; padding: .7rem 0; border-bottom: 1px solid var(--line); }
  .stack th, .stack td { display: block; border: 0; padding: .1rem 0; width: auto; }
  .ports tr { display: grid; grid-template-columns: 4.5rem 1fr; gap: .1rem .8rem; }
  .ports td:nth-child(n+3) { grid-column: 2; }
  .ports td:empty { display: none; }
  .ports tbody.machine th[scope=rowgroup] { grid-column: 1 / -1; }
}
@media print {
  :root { --ground: #fff; --card: #fff; color-scheme: light; }
  body { font-size: 10pt; }
  nav, .skip { display: none; }
  .card, tr, .plain > li { break-inside: avoid; } h2, h3, h4 { break-after: avoid; }
  .verdict, .tag, svg .bar { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  a { color: inherit; }
}
`;
