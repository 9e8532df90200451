import { runLoop } from "@/lib/adapters/temporal/run-loop";
import {
  begin,
  conclude,
  findMove,
  receive,
  type Answer,
  type Arrived,
  type Memory,
  type Order,
} from "./rules";
import type { Start } from "./rules";

interface Led {
  start: Start;
  /** What was remembered when a long history was begun anew. */
  memory: Memory | null;
}

/** The workflow of one request: it knows the order and the time limits, and the rows carry out what it orders. */
export async function runApproval({ start, memory }: Led): Promise<void> {
  await runLoop<Memory, Arrived[], Order, Answer>({
    workflowType: "runApproval",
    activity: "settleHappening",
    begin: (nowMs) => memory ?? begin(start, nowMs),
    ...{ receive, findMove, conclude },
    goOn: (kept) => [{ start, memory: kept }],
  });
}
