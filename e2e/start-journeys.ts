import { shareStack, startStack } from "./stack";

/** Playwright runs this once, before all journeys; what it returns runs after them. */
export default async function startJourneys(): Promise<() => Promise<void>> {
  if (process.env["SHEPHERD_STACK"]) return () => Promise.resolve();
  // Browsers offer passkeys only to a portal that is opened by a name.
  const stack = await startStack(["--directory", "--host", "localhost"]);
  shareStack(stack);
  return stack.stop;
}
