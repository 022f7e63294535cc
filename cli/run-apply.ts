import { join } from 'node:path';
import { Refusal, UsageError } from '#model/errors.ts';
import { isAtLeast, isPresent } from '#model/verdict.ts';
import type { Plan } from '#model/plan.ts';
import { loadInventory } from '#inventory/load.ts';
import { apply, dryRun, resume, rollBack, stillToCome, type StillToCome } from '#workflow/apply.ts';
import type { ApplyOptions, Ended, Report } from '#workflow/apply-options.ts';
import { harmless } from '#reports/escape.ts';
import { begunPlans, journalFile, planLine, refuseUnbegun } from '#workflow/begun-plans.ts';
import { filesLeft } from '#workflow/files-left.ts';
import { Journal } from '#workflow/journal.ts';
import { closePlan, doneSteps } from '#workflow/close-plan.ts';
import { outagesOf, outagesOfSteps } from '#workflow/outages.ts';
import { loadPlan } from '#workflow/plan-store.ts';
import { requestsLeft } from '#workflow/requests-left.ts';
import { wayBackOf } from '#workflow/way-back.ts';
import type { ApplyArguments } from './arguments.ts';
import { demand, stepByStep } from './ask.ts';
import { closedWindow } from './closed-window.ts';
import { exitCode, type ExitCode } from './exit-codes.ts';
import { finish, readyToKeep } from './finish.ts';
import { givenOptions } from './given-options.ts';
import { plansFolder, stateFolder } from './places.ts';
import { leftLines, outcomeText, type LeftBehind } from './outcome-text.ts';
import { needsConsent, planText, staysDoneText, stillToComeText } from './plan-text.ts';
import { print, say, terminalWidth } from './terminal.ts';
import { ofOutcome } from './verdict-codes.ts';

/** Carries out a plan, or only reads what it would need. */
export async function runApply(wanted: ApplyArguments): Promise<ExitCode> {
  const plan = loadPlan(wanted.plan, plansFolder());
  if (wanted.plan === 'last' && !wanted.quiet) say(`The plan made last: ${harmless(planLine(stateFolder(), plan.id))}`);
  const inventory = loadInventory(wanted.inventory ?? plan.inventory);
  readyToKeep(wanted);
  const options = optionsOf(wanted, plan.id);
  if (wanted['dry-run']) {
    const isRefused = await dryRun(plan, inventory, options);
    const closed = isRefused ? null : closedWindow(plan, inventory);
    if (closed !== null) say(closed);
    const command = `uccert apply ${wanted.plan}${needsConsent(plan) ? ' --accept-irreversible' : ''}`;
    say(
      isRefused
        ? 'Nothing was changed, and apply would be refused now, as said above.'
        : `Nothing was changed. Carry it out: ${command}`,
    );
    return isRefused ? exitCode.refused : exitCode.well;
  }
  if (!wanted.approve) await consent(plan, again('apply', plan.id, wanted));
  return show(await apply(plan, inventory, options), wanted);
}

/** Goes on with a plan, or takes it back. */
export async function runAgain(wanted: ApplyArguments, verb: 'resume' | 'roll-back'): Promise<ExitCode> {
  const id = wanted.plan === 'last' ? (begunPlans(stateFolder()).at(-1) ?? wanted.plan) : wanted.plan;
  refuseUnbegun(id, stateFolder());
  if (wanted.plan === 'last' && !wanted.quiet) say(`The plan last begun: ${harmless(planLine(stateFolder(), id))}`);
  if (wanted.close === true) return close(id, wanted);
  readyToKeep(wanted);
  const options = optionsOf(wanted, id);
  if (!wanted.approve) await consentAgain(id, stillToCome(id, verb, options), again(verb, id, wanted));
  if (verb === 'resume') return show(await resume(id, options), wanted);
  const ended = await rollBack(id, options);
  const code = await show(ended, wanted);
  // It was asked for, and done.
  return ended.outcome.status === 'rolled-back' ? exitCode.well : code;
}

/** Closes a plan that nobody will go on with, when the operator has seen what stays. */
async function close(id: string, wanted: ApplyArguments): Promise<ExitCode> {
  const stays = doneSteps(id, stateFolder());
  if (!wanted.quiet) say(staysDoneText(id, stays, terminalWidth()));
  if (!wanted.approve)
    await ask('Nothing is taken back, now or later. Type yes to close it: ', 'yes', again('roll-back', id, wanted));
  closePlan(id, stateFolder());
  const left = leftLines(
    leftOf(Journal.open(journalFile(stateFolder(), id))),
    'nobody wants to go back to what they hold',
  );
  const next = 'To see how things stand: uccert trust, then uccert plan for what remains.';
  print(['Closed.', ...left, next].map(harmless).join('\n'));
  return exitCode.well;
}

/** Ctrl-C lets the step under way end, and begins no other; a second one ends the process where it is. */
function stopOnInterrupt(): () => boolean {
  let isStopped = false;
  process.once('SIGINT', () => {
    isStopped = true;
    say('Stopping: a step under way is brought to its end, a wait for people is not. Ctrl-C again ends at once.');
  });
  return () => isStopped;
}

function optionsOf(wanted: ApplyArguments, planId: string): ApplyOptions {
  return {
    isStopped: stopOnInterrupt(),
    acceptIrreversible: wanted['accept-irreversible'],
    disturbAgents: wanted['disturb-agents'],
    withoutOtherSide: wanted['without-other-side'],
    stateFolder: stateFolder(),
    command: ['uccert', ...process.argv.slice(2)],
    given: givenOptions(wanted),
    report: (report) => {
      // The names of certificates, and what machines answered, are whatever others wrote.
      if (!wanted.quiet) say(inWords(report).split('\n').map(harmless).join('\n'));
    },
    ...(wanted.step ? { confirm: stepByStep(planId) } : {}),
  };
}

async function show({ outcome, run }: Ended, wanted: ApplyArguments): Promise<ExitCode> {
  const left = run.remediations.map(({ plan }) => leftOf(Journal.open(journalFile(stateFolder(), plan.id))));
  // What is a notice is no reason for another plan.
  const faults = run.findings
    .filter(isPresent)
    .filter(({ verdict }) => isAtLeast(verdict.severity, 'minor'))
    .map(({ fault }) => fault);
  if (!wanted.json)
    print(
      outcomeText(outcome, {
        files: left.flatMap(({ files }) => files),
        requests: left.flatMap(({ requests }) => requests),
        faults,
        onWord: onWordOf(run.remediations.flatMap(({ plan }) => plan.changes)),
        isUndone: left.some(({ isUndone }) => isUndone),
        remains: left.flatMap(({ remains }) => remains),
      })
        .split('\n')
        .map(harmless)
        .join('\n'),
    );
  // How it ended was said, and decides, whether or not the story of it can be kept.
  const isKept = await finish(run, { ...wanted, quiet: wanted.quiet || !wanted.json }).then(
    () => true,
    (error: unknown) => {
      if (!(error instanceof UsageError)) throw error;
      say(error.message);
      return false;
    },
  );
  if (isKept && !wanted.json) {
    print(
      wanted.out === undefined
        ? `The story of it: uccert report ${run.id} --format html --out DIR`
        : `The story of it: ${join(wanted.out, 'report.html')}`,
    );
  }
  return ofOutcome(outcome);
}

function leftOf(journal: Journal): Omit<LeftBehind, 'faults' | 'onWord'> {
  const [first] = journal.entries;
  if (first?.event !== 'begun') return { files: [], requests: [], isUndone: false, remains: [] };
  return {
    files: filesLeft(first.plan, journal),
    requests: requestsLeft(first.plan, journal),
    isUndone: journal.entries.some(({ event }) => event === 'step-undone'),
    remains: wayBackOf(first.plan, journal).remains,
  };
}

/** Nothing of ours asks the Operations Console: that a device is entered there the inventory says. */
function onWordOf(changes: Plan['changes']): string[] {
  return changes
    .flatMap(({ steps }) => steps)
    .flatMap((step) =>
      step.do === 'ask-operator' && step.asks.for === 'oamp-name'
        ? [
            `That ${step.on} is entered as ${step.asks.name} in the Operations Console is the word of the inventory (oampName).`,
          ]
        : [],
    );
}

function inWords(report: Report): string {
  switch (report.event) {
    case 'checked':
      return 'Everything is as it was when the plan was made.';
    case 'would-refuse':
      return `It would be refused now:\n${report.words.replace(/^/gm, '      ')}`;
    case 'step':
      return `[${String(report.number)}/${String(report.of)}] ${report.title}`;
    case 'would-do':
      return `[${String(report.number)}/${String(report.of)}] would ${report.title}${report.outage === null ? '' : `\n      meanwhile ${report.outage}`}`;
    case 'skipped':
      return '      already done';
    case 'goes-on':
      return `      still at it, ${String(report.minutes)} min`;
    case 'can-be-left':
      return `      Ctrl-C ends the wait, and loses nothing: uccert resume ${report.plan} goes on with it.`;
    case 'awaits':
      return `      ${report.words}`;
    case 'verifying':
      return 'Verifying with the detectors that found the faults.';
    case 'not-verified':
      return `Not verified: ${report.because}`;
    case 'moved':
      return `Changed meanwhile: ${report.words}`;
    case 'undoing':
      return `Taking back: ${report.title}`;
    case 'again':
      return `Again: ${report.title}`;
    case 'left':
      return `Left: ${report.title}`;
  }
}

/** The command that asks the same another time, with the options given. */
function again(verb: string, id: string, wanted: ApplyArguments): string {
  return ['uccert', verb, id, ...givenOptions(wanted), ...(wanted.close === true ? ['--close'] : [])].join(' ');
}

/** Shows the plan and what stops, and goes on only when the operator types the number of restarts back. */
async function consent(plan: Plan, command: string): Promise<void> {
  say(planText(plan, terminalWidth()));
  await askToRestart(outagesOf(plan.changes), command);
}

/** The same for what is left of a plan, or for its way back. */
async function consentAgain(id: string, still: StillToCome, command: string): Promise<void> {
  say(stillToComeText(id, still, terminalWidth()));
  const steps = still.way === 'back' ? still.steps.map(({ step }) => step) : still.steps;
  await askToRestart(outagesOfSteps(steps), command);
}

async function askToRestart(outages: readonly string[], command: string): Promise<void> {
  if (outages.length === 0) {
    await ask('Nothing restarts. Type yes to go on: ', 'yes', command);
    return;
  }
  say(`Restarts, one after the other:\n${outages.map((line) => `  ${line}`).join('\n')}`);
  const words = `restart ${String(outages.length)}`;
  await ask(`Type "${words}" to go on: `, words, command);
}

async function ask(question: string, wanted: string, command: string): Promise<void> {
  if (!process.stdin.isTTY) {
    throw new Refusal({
      seen: 'There is no terminal to ask for consent at.',
      matters: 'The plan changes machines and restarts services.',
      todo: `To consent in advance: ${command} --approve`,
    });
  }
  await demand(question, wanted, command);
}
