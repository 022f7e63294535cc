import type { Run } from '#model/run.ts';

/** One file of a report: its path inside the report's folder and its text. */
export interface ReportFile {
  readonly path: string;
  readonly contents: string;
}

/** Screenshots by the relative path the run names them with, as base64 PNG. */
export type Assets = ReadonlyMap<string, string>;

export interface Reporter {
  readonly id: string;
  readonly title: string;
  /** One sentence: for whom, and what for. */
  readonly describes: string;
  /** Pure: a run in, files out. Reads no clock, no disk and no environment; decides no exit code. `earlier`: runs of the browser before it. */
  render(run: Run, previous: Run | null, assets?: Assets, earlier?: readonly Run[]): readonly ReportFile[];
}
