import { styleText } from 'node:util';
import type { Run } from '#model/run.ts';
import { harmless } from './escape.ts';
import { labelled } from './text.ts';

export interface TerminalOptions {
  readonly colour: boolean;
  /** Columns; at least 60 are used. */
  readonly width: number;
  /** Causes, all sources and all evidence too. */
  readonly isVerbose: boolean;
  /** Of the links between machines only those whose loss agents and callers notice. */
  readonly isForAgents?: boolean;
}

export const narrowest = 60;
export type Format = Parameters<typeof styleText>[0];
type Paint = (format: Format, text: string) => string;

/** What is written on: its width, its colours and the time of judging. */
export interface Page extends TerminalOptions {
  readonly paint: Paint;
  /** The time of judging. */
  readonly at: Date;
}

export type Lines = readonly string[];

/** The page a run is written on. */
export function pageOf(run: Run, options: TerminalOptions): Page {
  const width = Math.max(narrowest, options.width);
  return { ...options, width, paint: painter(options.colour), at: new Date(run.judgedAt) };
}

export function painter(isColoured: boolean): Paint {
  // The caller knows whether its stream takes colour; asking here would read the environment.
  return (format, text) => (isColoured ? styleText(format, text, { validateStream: false }) : text);
}

export const indent = 3;
export const column = 16;

/** A label and its text. */
export function row(label: string, text: string, { width, paint }: Pick<Page, 'width' | 'paint'>): Lines {
  return labelled(label, harmless(text), { indent, column, width, mark: (shown) => paint('dim', shown) });
}

/** A line with a title, above a block. */
export function rule(title: string, { width, paint }: Pick<Page, 'width' | 'paint'>): string {
  return paint('dim', `── ${title} ${'─'.repeat(Math.max(0, width - title.length - 4))}`);
}

/** One entry of a list. */
export function item(mark: string, text: string, { width }: Pick<Page, 'width'>): Lines {
  return labelled(mark, harmless(text), { indent, column: 2, width, mark: (shown) => shown });
}

/** Blocks of lines as text that ends in a line feed; empty blocks leave no gap. */
export function textOf(blocks: readonly Lines[]): string {
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.map((line) => line.trimEnd()).join('\n'))
    .join('\n\n')}\n`;
}
