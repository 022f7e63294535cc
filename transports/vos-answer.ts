import { ProbeError } from '#model/errors.ts';

/** Throws `ProbeError` where what a command printed lacks the sign of its success. */
export function demand(sign: RegExp, output: string, command: string): void {
  if (!sign.test(output)) throw unexpected(output, command);
}

/** That a command printed something else than it should have, with the end of it. */
export function unexpected(output: string, command: string): ProbeError {
  const answer = output.trim().split('\n').slice(-3).join(' / ').slice(-300);
  return new ProbeError({ reason: 'unexpected-answer', to: command, answer: answer === '' ? 'nothing' : answer });
}
