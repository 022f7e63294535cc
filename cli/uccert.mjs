#!/usr/bin/env -S node --max-semi-space-size=8 --min-semi-space-size=4 --initial-old-space-size=48 --heap-growing-percent=150 --no-opt
// The first line is for thousands of connections that live for a moment: what is young in memory stays small but is not counted all the time, and what outlives
// it is thrown away before it is several times what is kept. Of the compilers the dearest is left out: what a run executes is over before it has paid for itself.

// Half of a short command is reading source text. Compiled it is kept, and this file, read before that is switched on, is the only one of ours that is no
// TypeScript: stripping the types of one file costs as much as all the rest of the start.
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

// Below the user's own XDG place and never in a folder that others write to, since what lies there is run.
const xdg = process.env['XDG_CACHE_HOME'];
enableCompileCache(join(xdg === undefined || xdg === '' ? join(homedir(), '.cache') : xdg, 'uccert', 'compiled'));
await import('./main.ts');
