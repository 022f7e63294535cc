import * as z from 'zod';

/** Where a secret is; `loadSecret` goes there. */
export const Reference = z
  .string()
  .regex(
    /^(env|file|command):.+/,
    'write a reference, never the secret itself: env:NAME, file:PATH or command:PROGRAM ARG',
  );
