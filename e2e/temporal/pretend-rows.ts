import { advance, type StepState, type WorkflowState } from "@/lib/requests/workflows/rules";
import type { Answer, Order, Seen } from "@/lib/requests/workflows/temporal/rules";

/** Steps and their time limits as the database would keep them, for histories that are the same at every writing. */
export interface PretendRows {
  seen: (nowMs: number) => Seen;
  settle: (order: Order, nowMs: number) => Answer;
  pause: (nowMs: number) => void;
  resume: (nowMs: number) => void;
}

export function pretendRows(steps: StepState[]): PretendRows {
  let state: WorkflowState = { steps };
  let isOver = false;
  let dueMs = new Map<string, number>();
  let leftMs = new Map<string, number>();
  const shifted = (times: Map<string, number>, byMs: number) =>
    new Map([...times].map(([stepId, ms]) => [stepId, ms + byMs]));
  const seen = (nowMs: number): Seen => ({
    state,
    remaining: state.steps.flatMap(({ id: stepId, status, level }) => {
      const due = dueMs.get(stepId);
      return status === "ACTIVE" && due !== undefined
        ? [{ stepId, level, seconds: (due - nowMs) / 1000 }]
        : [];
    }),
  });
  return {
    seen,
    settle: ({ happening }, nowMs) => {
      if (happening === null) return { outcome: "applied", ...seen(nowMs) };
      const then = advance(state, happening);
      state = then.state;
      for (const command of then.commands) {
        if (command.kind === "finish") isOver = true;
        if ("hours" in command && command.hours !== null)
          dueMs.set(command.stepId, nowMs + command.hours * 3_600_000);
      }
      return { outcome: isOver ? "over" : "applied", ...seen(nowMs) };
    },
    pause: (nowMs) => {
      leftMs = shifted(dueMs, -nowMs);
      dueMs = new Map();
    },
    resume: (nowMs) => {
      dueMs = shifted(leftMs, nowMs);
      leftMs = new Map();
    },
  };
}
