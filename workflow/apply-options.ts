import type { Outcome } from '#model/plan.ts';
import type { Run } from '#model/run.ts';

/** What happens, as it happens. */
export type Report =
  | { readonly event: 'checked' }
  /** A dry run says what would stop it now. */
  | { readonly event: 'would-refuse'; readonly words: string }
  | { readonly event: 'step'; readonly number: number; readonly of: number; readonly title: string }
  | { readonly event: 'skipped'; readonly title: string }
  /** The step under way takes its time; minutes since it was begun. */
  | { readonly event: 'goes-on'; readonly minutes: number }
  | { readonly event: 'awaits'; readonly words: string }
  /** People are waited for, and nothing is lost when the operator leaves. */
  | { readonly event: 'can-be-left'; readonly plan: string }
  | {
      readonly event: 'would-do';
      readonly number: number;
      readonly of: number;
      readonly title: string;
      /** What stops meanwhile; null where nothing does. */
      readonly outage: string | null;
    }
  | { readonly event: 'verifying' }
  | { readonly event: 'not-verified'; readonly because: string }
  /** What others changed meanwhile, for which nothing is taken back. */
  | { readonly event: 'moved'; readonly words: string }
  | { readonly event: 'undoing'; readonly title: string }
  /** Taken up anew behind what was put back, as a restart is. */
  | { readonly event: 'again'; readonly title: string }
  | { readonly event: 'left'; readonly title: string };

export interface ApplyOptions {
  readonly acceptIrreversible: boolean;
  readonly stateFolder: string;
  readonly command: readonly string[];
  /** Options of that which a command that goes on is to have again, each as it is typed. */
  readonly given?: readonly string[];
  readonly report: (report: Report) => void;
  /** Whether the operator asked to stop: then nothing more is begun, and the plan can be gone on with or taken back. */
  readonly isStopped?: () => boolean;
  /** Whether people may be signed in at the desktops that go away. */
  readonly disturbAgents?: boolean;
  /** Whether the other side of a pair may be out of service. */
  readonly withoutOtherSide?: boolean;
  /** Asked before each step when given, with what stops meanwhile; a no stops before it and rolls back. */
  readonly confirm?: (title: string, outage: string | null) => Promise<boolean>;
}

/** How an apply ended: the outcome, and the run that verified it. */
export interface Ended {
  readonly outcome: Outcome;
  readonly run: Run;
}
