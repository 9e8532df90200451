import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";

const question = z.object({ id: z.number(), question: z.string(), input: z.unknown() });

/** The child's side: each question by its name, until the parent has gone. */
export function answerParent(
  answers: Record<string, (input: unknown) => Promise<unknown>>,
  onEnd: () => Promise<void> = () => Promise.resolve(),
): void {
  process.on("message", (message) => {
    const { id, question: name, input } = question.parse(message);
    const answer = answers[name];
    if (answer === undefined) throw new Error(`nobody answers ${name}`);
    answer(input).then(
      (value) => process.send?.({ id, value: value ?? null }),
      (error: unknown) => process.send?.({ id, value: null, error: String(error) }),
    );
  });
  process.once("disconnect", () => void onEnd().finally(() => process.exit(0)));
}

export const memory = z.object({ heapBytes: z.number(), residentBytes: z.number() });

/** V8 keeps the pages that a collection has emptied for some seconds, in case they are needed again. */
const pagesKeptMs = 10_000;

/** What is held on to: after two collections, with what lies outside of the heap. */
export async function readMemory(): Promise<z.output<typeof memory>> {
  globalThis.gc?.();
  await wait(pagesKeptMs);
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heapBytes: heapUsed + external, residentBytes: rss };
}
