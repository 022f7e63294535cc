import { html } from './html/html.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { prometheus } from './prometheus.ts';
import type { Reporter } from './reporter.ts';
import { terminal } from './terminal.ts';

/** Every report there is. */
export const reporters: readonly Reporter[] = [html, json, junit, prometheus, terminal];
