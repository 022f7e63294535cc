#!/usr/bin/env -S node --max-semi-space-size=8 --min-semi-space-size=4 --initial-old-space-size=32 --heap-growing-percent=150 --no-parallel-scavenge --no-opt --invocation-count-for-maglev=1000
// The first line is for thousands of connections that live for a moment: what is young in memory stays small, what outlives it is thrown away before it is
// several times what is kept, and what a run executes is over before the dearest of the compilers has paid for itself (docs/performance.md).

// Half of a short command is reading source text. Compiled it is kept, and this file, read before that is switched on, is the only one of ours that is no
// TypeScript: stripping the types of one file costs as much as all the rest of the start.
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

// Below the user's own XDG place and never in a folder that others write to, since what lies there is run.
const xdg = process.env['XDG_CACHE_HOME'];
enableCompileCache(join(xdg === undefined || xdg === '' ? join(homedir(), '.cache') : xdg, 'uccert', 'compiled'));
await import('./main.ts');
