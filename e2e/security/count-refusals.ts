import { stdout } from "node:process";

export interface RefusalSuite {
  /** The bad input was turned away. */
  refused(caseName: string): void;
  /** The bad input came through, which print() reports. */
  accepted(caseName: string): void;
  /** Writes "<name>: N bad inputs, N refused" once, and throws naming every case that came through. */
  print(inputsMin?: number): void;
}

/** Counts what a suite of bad inputs came to; a case counts once, under a name of its own. */
export function openSuite(name: string): RefusalSuite {
  const outcomes = new Map<string, boolean>();
  return {
    refused: (caseName) => recordOutcome(outcomes, caseName, true),
    accepted: (caseName) => recordOutcome(outcomes, caseName, false),
    print: (inputsMin = 1) => {
      const accepted = [...outcomes].filter(([, isRefused]) => !isRefused).map(([caseName]) => caseName);
      stdout.write(`${name}: ${outcomes.size} bad inputs, ${outcomes.size - accepted.length} refused\n`);
      if (accepted.length > 0) throw new Error(`${name} let through: ${accepted.join(" · ")}`);
      if (outcomes.size < inputsMin)
        throw new Error(`${name} tried ${outcomes.size} of ${inputsMin} bad inputs`);
    },
  };
}

function recordOutcome(outcomes: Map<string, boolean>, caseName: string, isRefused: boolean): void {
  if (outcomes.has(caseName)) throw new Error(`the case "${caseName}" is counted twice`);
  outcomes.set(caseName, isRefused);
}
