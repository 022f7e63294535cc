#!/usr/bin/env -S node --max-semi-space-size=2
// The first line keeps what is young in memory small: thousands of connections are short-lived, and Node would let their rest grow to 100 MB.

// Half of a short command is reading source text. Compiled it is kept, and this file, read before that is switched on, is the only one of ours that is no
// TypeScript: stripping the types of one file costs as much as all the rest of the start.
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

// What lives as long as a connection outlives what is young, and would be let pile up to several times what is kept: 5000 endpoints take a fifth less memory
// for a twentieth more of the processor.
setFlagsFromString('--heap-growing-percent=150');

// Below the user's own XDG place and never in a folder that others write to, since what lies there is run.
const xdg = process.env['XDG_CACHE_HOME'];
enableCompileCache(join(xdg === undefined || xdg === '' ? join(homedir(), '.cache') : xdg, 'uccert', 'compiled'));
await import('./main.ts');
