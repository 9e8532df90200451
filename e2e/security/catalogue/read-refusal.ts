import { z } from "zod";
import { parseInput } from "@/app/_http/field-errors";
import { AppError } from "@/lib/core/errors";

/** A refusal as whoever sent the input meets it, by whichever door. */
export interface Refusal {
  code: string;
  fields: string[];
  /** Everything it says. */
  text: string;
}

const problem = z.object({
  code: z.string(),
  field_errors: z.array(z.looseObject({ field: z.string(), code: z.string() })).default([]),
});

/** Null where the input was let through, or where the answer is no refusal but a failure. */
export async function refusalOfAnswer(answer: Promise<Response>): Promise<Refusal | null> {
  const response = await answer;
  const text = await response.text();
  if (response.status < 400 || response.status >= 500) return null;
  const parsed = problem.safeParse(JSON.parse(text));
  if (!parsed.success) return null;
  const { code, field_errors: errors } = parsed.data;
  return { code, fields: errors.map(({ field }) => field), text };
}

export async function refusalOfCall(attempt: () => Promise<unknown>): Promise<Refusal | null> {
  try {
    await attempt();
    return null;
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    const { code, fields, params } = error;
    return { code, fields: fields.map(({ field }) => field), text: JSON.stringify({ code, fields, params }) };
  }
}

/** As an action's form is read, then its use case. */
export function refusalOfForm<S extends z.ZodType>(
  schema: S,
  value: unknown,
  useCase: (input: z.output<S>) => Promise<unknown>,
): Promise<Refusal | null> {
  return refusalOfCall(async () => useCase(parseInput(schema, { value, unknown: [] })));
}
