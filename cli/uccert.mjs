#!/usr/bin/env -S node --max-semi-space-size=8 --min-semi-space-size=8 --no-parallel-scavenge
// The first line is for thousands of connections that live for a moment: what is young in memory stays small (docs/performance.md).

import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

// Node carries its own modules compiled, for V8 as it is set out of the box: after the next lines each would be compiled from its source. So what nearly every
// command needs is loaded before.
for (const name of ['assert', 'crypto', 'net', 'perf_hooks', 'timers/promises']) process.getBuiltinModule(name);

// What outlives the young is thrown away before it is several times what is kept; the young is not, while nobody asks for its room. What a run executes is over
// before the dearest of the compilers has paid for itself. Nearly all that a scan loads it executes: functions compiled with their file are kept with it below,
// which those compiled later are not.
const settings = ['--heap-growing-percent=150', '--no-minor-gc-task', '--no-opt', '--invocation-count-for-maglev=1000'];
for (const flag of process.argv[2] === 'scan' ? [...settings, '--no-lazy'] : settings) setFlagsFromString(flag);

// Half of a short command is reading source text. Compiled it is kept, and this file, read before that is switched on, is the only one of ours that is no
// TypeScript: stripping the types of one file costs as much as all the rest of the start.
// Below the user's own XDG place and never in a folder that others write to, since what lies there is run.
const xdg = process.env['XDG_CACHE_HOME'];
enableCompileCache(join(xdg === undefined || xdg === '' ? join(homedir(), '.cache') : xdg, 'uccert', 'compiled'));
await import('./main.ts');
