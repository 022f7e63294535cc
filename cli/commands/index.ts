import type { CommandModule } from 'yargs';
import { applyCommand, resumeCommand, rollBackCommand } from './apply.ts';
import { browseCommand } from './browse.ts';
import { checkCommand } from './check.ts';
import { diffCommand } from './diff.ts';
import { explainCommand } from './explain.ts';
import { initCommand } from './init.ts';
import { labCommand } from './lab.ts';
import { listCommand } from './list.ts';
import { nightlyCommand } from './nightly.ts';
import { planCommand } from './plan.ts';
import { reportCommand } from './report.ts';
import { bundleCommand } from './bundle.ts';
import { runbookCommand } from './runbook.ts';
import { scanCommand } from './scan.ts';
import { troubleshootCommand } from './troubleshoot.ts';
import { trustCommand } from './trust.ts';

/** Every command, in the order help lists them. Their handlers load what they need when they run. */
export const commands = [
  scanCommand,
  checkCommand,
  trustCommand,
  troubleshootCommand,
  browseCommand,
  nightlyCommand,
  planCommand,
  applyCommand,
  resumeCommand,
  rollBackCommand,
  runbookCommand,
  bundleCommand,
  reportCommand,
  diffCommand,
  explainCommand,
  listCommand,
  initCommand,
  labCommand,
] as unknown as readonly CommandModule[];
