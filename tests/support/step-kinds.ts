import * as z from 'zod';
import { Step } from '#model/step.ts';

const named = z.object({ via: z.object({ value: z.string() }), do: z.object({ value: z.string() }) });

/** Every kind of step that a plan can hold, each once, as `vos set-option`. */
export function stepKindsOfPlans(): string[] {
  const kinds = Step.options.flatMap((platform): readonly z.ZodType[] => platform.options);
  const shapes = kinds.flatMap((kind) => (kind instanceof z.ZodDiscriminatedUnion ? kind.options : [kind]));
  const titles = shapes.map((shape) => {
    const { via, do: kind } = named.parse(shape instanceof z.ZodObject ? shape.shape : undefined);
    return `${via.value} ${kind.value}`;
  });
  return [...new Set(titles)];
}
