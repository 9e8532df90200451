import type { RefusalSuite } from "../count-refusals";
import type { ConnectionCounter } from "./count-connections";
import { countWrites } from "./count-writes";
import type { Refusal } from "./read-refusal";

export interface Trial {
  suite: RefusalSuite;
  connections: ConnectionCounter;
}

export interface BadInput {
  name: string;
  attempt: () => Promise<Refusal | null>;
  /** Whether it was refused for what is wrong with it. */
  isRight: (refusal: Refusal) => boolean;
}

/** Refused with the right word, nothing written, nobody called. */
export async function tryInput({ suite, connections }: Trial, input: BadInput): Promise<void> {
  const before = await countWrites();
  const callsBefore = connections.made().length;
  const outcome = await input.attempt().catch((error: unknown) => String(error));
  const calls = connections.made().slice(callsBefore);
  const after = await countWrites();
  const wrongs = [
    ...(outcome === null ? ["not refused"] : []),
    ...(typeof outcome === "string" ? [outcome.slice(0, 200)] : []),
    ...(isRefusal(outcome) && !input.isRight(outcome) ? [`refused with ${outcome.text.slice(0, 200)}`] : []),
    ...(before === after ? [] : [`wrote: ${before} became ${after}`]),
    ...(calls.length === 0 && connections.trapped() === 0 ? [] : [`called ${calls.join(", ")}`]),
  ];
  if (wrongs.length === 0) suite.refused(input.name);
  else suite.accepted(`${input.name} (${wrongs.join("; ")})`);
}

function isRefusal(outcome: Refusal | string | null): outcome is Refusal {
  return typeof outcome === "object" && outcome !== null;
}
