import * as workflow from "@temporalio/workflow";

type Move<Order> =
  { kind: "apply"; order: Order } | { kind: "wait"; milliseconds: number | null } | { kind: "end" };

/** A workflow as plain functions of what it remembers: the same can be run, and tested, without a server. */
export interface Loop<Memory, Arrived, Order, Answer> {
  workflowType: string;
  /** The activity that carries out an order. */
  activity: string;
  begin: (nowMs: number) => Memory;
  receive: (memory: Memory, arrived: Arrived) => Memory;
  findMove: (memory: Memory, nowMs: number) => Move<Order>;
  conclude: (memory: Memory, order: Order, concluded: { answer: Answer; nowMs: number }) => Memory;
  /** With what it begins again, where its history has grown long. */
  goOn: (memory: Memory) => unknown[];
}

/** The signal by which it learns what happened. */
const happened = workflow.defineSignal<[unknown]>("happened");

/** What runs inside Temporal's sandbox: one order at a time, and between them it waits for a signal or a timer. */
export async function runLoop<Memory, Arrived, Order, Answer>(
  loop: Loop<Memory, Arrived, Order, Answer>,
): Promise<void> {
  const apply = activityOf<Order, Answer>(loop.activity);
  let memory = loop.begin(Date.now());
  // Whoever signals is the product itself, from the rows that it has parsed.
  workflow.setHandler(happened, (arrived: unknown) => {
    memory = loop.receive(memory, arrived as Arrived);
  });
  for (;;) {
    const move = loop.findMove(memory, Date.now());
    if (move.kind === "end") return;
    if (move.kind === "apply") {
      const answer = await apply(move.order);
      memory = loop.conclude(memory, move.order, { answer, nowMs: Date.now() });
      continue;
    }
    if (workflow.workflowInfo().continueAsNewSuggested)
      return workflow.makeContinueAsNewFunc({ workflowType: loop.workflowType })(...loop.goOn(memory));
    const before = memory;
    const hasChanged = () => memory !== before;
    if (move.milliseconds === null) await workflow.condition(hasChanged);
    else await workflow.condition(hasChanged, move.milliseconds);
  }
}

/** Tried until it succeeds: the rows decide whether it still changes anything. */
function activityOf<Order, Answer>(name: string): (order: Order) => Promise<Answer> {
  const activities = workflow.proxyActivities<Record<string, (order: Order) => Promise<Answer>>>({
    startToCloseTimeout: "2 minutes",
    retry: { initialInterval: "1 second", maximumInterval: "1 minute" },
  });
  const activity = activities[name];
  if (activity === undefined) throw workflow.ApplicationFailure.nonRetryable(`no activity ${name}`);
  return activity;
}
