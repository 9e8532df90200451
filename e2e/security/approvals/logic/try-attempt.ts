import { parseInput } from "@/app/_http/field-errors";
import { AppError } from "@/lib/core/errors";
import type { z } from "zod";
import type { RefusalSuite } from "../../count-refusals";

/** Something that nobody may do, or that makes no sense. */
export interface Attempt {
  name: string;
  act: () => Promise<unknown>;
  /** The words it may be refused with; absent means any. */
  codes?: readonly string[];
}

interface Trial {
  suite: RefusalSuite;
  /** What has been written since it was asked last. */
  take: () => Promise<string[]>;
}

/** Refused by a word of ours, and nothing written. */
export async function tryAttempt({ suite, take }: Trial, { name, act, codes }: Attempt): Promise<void> {
  const refusal: unknown = await act().then(
    () => null,
    (error: unknown) => error ?? "nothing was thrown",
  );
  const written = await take();
  const wrong = wrongOf(refusal, codes);
  if (wrong === null && written.length === 0) return suite.refused(name);
  suite.accepted(
    `${name} (${wrong ?? "refused"}${written.length === 0 ? "" : `, wrote ${written.join(", ")}`})`,
  );
}

function wrongOf(refusal: unknown, codes: readonly string[] | undefined): string | null {
  if (refusal === null) return "not refused";
  if (!(refusal instanceof AppError)) return String(refusal).replaceAll(/\s+/g, " ").slice(-300);
  if (refusal.status >= 500) return `failed with ${refusal.code}`;
  const isRight = codes === undefined || codes.includes(refusal.code);
  return isRight ? null : `refused with ${refusal.code}`;
}

/** As a door reads it, then its use case. */
export function throughForm<S extends z.ZodType>(
  schema: S,
  useCase: (input: z.output<S>) => Promise<unknown>,
): (value: unknown) => () => Promise<unknown> {
  return (value) => async () => useCase(parseInput(schema, { value, unknown: [] }));
}

/** Answers for many items refuse inside of the answer. */
export async function refuseInside(
  answer: Promise<{ results: { ok: boolean; code: string | null }[] }>,
): Promise<void> {
  const { results } = await answer;
  if (results.every(({ ok }) => !ok)) throw new AppError("PERMISSION_DENIED");
}
