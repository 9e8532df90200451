import { shareStack, startStack } from "./stack";

/** Playwright runs this once, before all journeys; what it returns runs after them. */
export default async function startJourneys(): Promise<() => Promise<void>> {
  if (process.env["SHEPHERD_STACK"]) return () => Promise.resolve();
  const stack = await startStack();
  shareStack(stack);
  return stack.stop;
}
