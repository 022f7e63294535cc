#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { cacheFolder } from './cache-folder.ts';

// Half of a short command is reading source text: kept compiled, it is read once. Before anything of size is loaded.
enableCompileCache(cacheFolder());
const { run } = await import('./program.ts');
await run();
