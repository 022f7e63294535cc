import { createInterface } from 'node:readline/promises';
import { Refusal } from '#model/errors.ts';
import type { ApplyOptions } from '#workflow/apply-options.ts';

/** Where a person is asked, and answers. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}
const here: Terminal = { input: process.stdin, output: process.stderr };

/** Goes on only when the person types what is wanted. Throws `Refusal`, with the command for another time. */
export async function demand(question: string, wanted: string, command: string, terminal = here): Promise<void> {
  const answer = await answerTo(question, terminal);
  if (answer?.trim() === wanted) return;
  throw new Refusal({
    seen: answer === null ? 'The question was left without an answer.' : 'The answer was another.',
    matters: 'Nothing is changed without consent, and nothing was.',
    todo: `When it is time: ${command}`,
  });
}

/** Asks before each step, until it is a yes or a no; a no rolls back, and who leaves stops between two steps, as Ctrl-C does anywhere else. */
export function stepByStep(planId: string, terminal = here): NonNullable<ApplyOptions['confirm']> {
  return async (title, outage) => {
    const meanwhile = outage === null ? '' : `\n      meanwhile ${outage}`;
    const question = `${title}${meanwhile}\nGo on (y), or take back what was done (n)? [y/n] `;
    // To take back what was done is too much for a slip of the finger.
    for (let answer; (answer = await answerTo(question, terminal)) !== null;) {
      const word = answer.trim().toLowerCase();
      if (word === 'y' || word === 'yes') return true;
      if (word === 'n' || word === 'no') return false;
    }
    throw new Refusal({
      seen: `Stopped before: ${title}.`,
      matters: 'What was done before it stays, and the rest is not done.',
      todo: `Go on: uccert resume ${planId}    Take back: uccert roll-back ${planId}`,
    });
  };
}

/** What the person typed; null where they left by Ctrl-C or Ctrl-D, or the input ended. */
async function answerTo(question: string, { input, output }: Terminal): Promise<string | null> {
  const lines = createInterface({ input, output });
  // The end of an input that is no terminal settles no question.
  const ended = new Promise<null>((resolve) => lines.once('close', () => resolve(null)));
  try {
    return await Promise.race([lines.question(question), ended]);
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return null;
    throw error;
  } finally {
    lines.close();
  }
}
