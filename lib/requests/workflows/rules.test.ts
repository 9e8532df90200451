import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chooseWorkflow, findUnmet, type WorkflowChoice, type WorkflowQuestion } from "./choose-workflow";
import { advance, stagesOf, type Command, type Happening, type StepState, type WorkflowState } from "./rules";
import { conditionShape, stepDefinition, type StepDefinition } from "./schema";

const aStep = (over: Partial<StepState> = {}): StepState => ({
  id: "one",
  position: 0,
  stage: 0,
  mode: "any",
  needed: 1,
  status: "WAITING",
  skipReason: null,
  level: 0,
  escalations: 0,
  timeoutHours: null,
  onTimeout: "remind",
  decisions: [],
  ...over,
});

const begun = (...steps: Partial<StepState>[]): WorkflowState =>
  advance(
    { steps: steps.map((step, index) => aStep({ id: `s${index}`, position: index, stage: index, ...step })) },
    {
      kind: "begin",
    },
  ).state;

const yes = (
  stepId: string,
  approverId: string,
  over: Partial<Extract<Happening, { kind: "decide" }>> = {},
) =>
  ({
    kind: "decide",
    stepId,
    approverId,
    onBehalfOf: null,
    verdict: "approve",
    seats: ["ann", "bob", "carl"],
    reconsidered: [],
    ...over,
  }) as const satisfies Happening;

const outcomeOf = (commands: readonly Command[]) =>
  commands.flatMap((command) => (command.kind === "finish" ? [command.outcome] : []))[0] ?? null;

function play(state: WorkflowState, happenings: readonly Happening[]) {
  let outcome: string | null = null;
  for (const happening of happenings) {
    const next = advance(state, happening);
    outcome ??= outcomeOf(next.commands);
    state = next.state;
  }
  return { state, outcome, statuses: state.steps.map(({ status }) => status) };
}

describe("one step", () => {
  test("any: the first word is enough", () => {
    expect(play(begun({}), [yes("s0", "ann")])).toMatchObject({
      outcome: "approved",
      statuses: ["APPROVED"],
    });
  });

  test("quorum: as many different people as are needed", () => {
    const state = begun({ mode: "quorum", needed: 2 });
    expect(play(state, [yes("s0", "ann"), yes("s0", "ann")]).outcome).toBeNull();
    expect(play(state, [yes("s0", "ann"), yes("s0", "bob")]).outcome).toBe("approved");
  });

  test("all: everybody whose word counts at that moment", () => {
    const state = begun({ mode: "all" });
    expect(play(state, [yes("s0", "ann"), yes("s0", "bob")]).outcome).toBeNull();
    expect(play(state, [yes("s0", "ann"), yes("s0", "bob"), yes("s0", "carl")]).outcome).toBe("approved");
    // Carl lost the role while it waited, so that those who are left suffice.
    const withoutCarl = { seats: ["ann", "bob"] };
    expect(play(state, [yes("s0", "ann"), yes("s0", "bob", withoutCarl)]).outcome).toBe("approved");
    const after = play(state, [yes("s0", "ann"), yes("s0", "bob")]).state;
    expect(play(after, [{ kind: "recount", stepId: "s0", ...withoutCarl }]).outcome).toBe("approved");
  });

  test("a person counts once, and so does a seat, whoever fills it", () => {
    const state = begun({ mode: "quorum", needed: 2 });
    const forBob = yes("s0", "ann", { onBehalfOf: "bob" });
    expect(play(state, [yes("s0", "ann"), forBob]).outcome).toBeNull();
    expect(play(state, [yes("s0", "bob"), forBob]).outcome).toBeNull();
    expect(play(state, [forBob, yes("s0", "bob")]).outcome).toBeNull();
    expect(play(state, [forBob, yes("s0", "carl")]).outcome).toBe("approved");
  });

  test("one no ends everything, and what waited is passed over", () => {
    const no = yes("s0", "bob", { verdict: "reject" });
    const played = play(begun({ mode: "all" }, {}), [
      yes("s0", "ann"),
      no,
      yes("s0", "carl"),
      yes("s1", "ann"),
    ]);
    expect(played).toMatchObject({ outcome: "rejected", statuses: ["REJECTED", "SKIPPED"] });
  });
});

describe("several steps", () => {
  test("in order; the steps of one stage beside each other", () => {
    const state = begun({}, { stage: 1 }, { stage: 1 }, { stage: 2 });
    expect(play(state, []).statuses).toEqual(["ACTIVE", "WAITING", "WAITING", "WAITING"]);
    expect(play(state, [yes("s1", "ann")]).statuses).toEqual(["ACTIVE", "WAITING", "WAITING", "WAITING"]);
    expect(play(state, [yes("s0", "ann")]).statuses).toEqual(["APPROVED", "ACTIVE", "ACTIVE", "WAITING"]);
    expect(play(state, [yes("s0", "ann"), yes("s2", "bob")]).statuses[3]).toBe("WAITING");
    const ended = [yes("s0", "ann"), yes("s2", "bob"), yes("s1", "ann"), yes("s3", "carl")];
    expect(play(state, ended).outcome).toBe("approved");
  });

  test("what is passed over is not waited for, until the request has grown into it", () => {
    const state = begun({ status: "SKIPPED", skipReason: "size" }, {});
    expect(play(state, []).statuses).toEqual(["SKIPPED", "ACTIVE"]);
    expect(play(state, [yes("s1", "ann")]).outcome).toBe("approved");
    const grown = play(state, [yes("s1", "ann", { reconsidered: ["s0"] })]);
    expect(grown).toMatchObject({ outcome: null, statuses: ["ACTIVE", "APPROVED"] });
  });
});

describe("time limits", () => {
  const expired = (level = 0): Happening => ({ kind: "expire", stepId: "s0", level });

  test("a reminder asks again, and again", () => {
    const { commands, state } = advance(begun({ timeoutHours: 4 }), expired());
    expect(commands).toEqual([{ kind: "remind", stepId: "s0", hours: 4 }]);
    expect(state.steps[0]?.status).toBe("ACTIVE");
  });

  test("an escalation asks the next, and the last of them is reminded", () => {
    const state = begun({
      timeoutHours: 4,
      onTimeout: "escalate",
      escalations: 2,
      mode: "quorum",
      needed: 2,
    });
    const once = advance(state, expired());
    expect(once.commands).toEqual([{ kind: "escalate", stepId: "s0", level: 1, hours: 4 }]);
    expect(advance(once.state, expired(0)).commands).toEqual([]);
    const twice = advance(once.state, expired(1));
    expect(twice.commands).toEqual([{ kind: "escalate", stepId: "s0", level: 2, hours: 4 }]);
    expect(advance(twice.state, expired(2)).commands[0]?.kind).toBe("remind");
    // What was said before does not count for those it was passed to, and one word of theirs is enough.
    const half = play(state, [yes("s0", "ann"), expired()]);
    expect(half.outcome).toBeNull();
    expect(play(half.state, [yes("s0", "ann")]).outcome).toBe("approved");
  });

  test("rejecting ends it, approving goes on", () => {
    const rejected = play(begun({ timeoutHours: 1, onTimeout: "reject" }, {}), [expired()]);
    expect(rejected).toMatchObject({ outcome: "rejected", statuses: ["EXPIRED", "SKIPPED"] });
    const approved = play(begun({ timeoutHours: 1, onTimeout: "approve" }, {}), [expired()]);
    expect(approved).toMatchObject({ outcome: null, statuses: ["APPROVED", "ACTIVE"] });
  });

  test("a time limit that comes after the decision changes nothing", () => {
    const decided = play(begun({ timeoutHours: 1, onTimeout: "reject" }), [yes("s0", "ann")]);
    expect(advance(decided.state, expired()).commands).toEqual([]);
  });
});

const people = ["ann", "bob", "carl", "dora"];
const anyMode = fc.constantFrom("any" as const, "all" as const, "quorum" as const);
const aWorkflow = fc
  .array(fc.record({ mode: anyMode, needed: fc.integer({ min: 1, max: 4 }), parallel: fc.boolean() }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((steps) => {
    const stages = stagesOf(steps);
    return begun(
      ...steps.map(({ mode, needed }, index) => ({ mode, needed, stage: stages[index] ?? index })),
    );
  });
const everyWord = (state: WorkflowState) =>
  state.steps.flatMap(({ id }) => people.map((person) => yes(id, person, { seats: people })));

test("property: whatever the order in which everybody agrees, again and again, it ends approved, once", () => {
  fc.assert(
    fc.property(aWorkflow, fc.infiniteStream(fc.nat()), (state, seeds) => {
      let so = state;
      let finishes = 0;
      for (let round = 0; round < state.steps.length + 1; round += 1) {
        const words = everyWord(state)
          .map((word) => ({ word, at: seeds.next().value as number }))
          .toSorted((a, b) => a.at - b.at);
        for (const { word } of words) {
          const next = advance(so, word);
          finishes += next.commands.filter(({ kind }) => kind === "finish").length;
          so = next.state;
        }
      }
      expect(finishes).toBe(1);
      expect(so.steps.map(({ status }) => status)).toEqual(state.steps.map(() => "APPROVED"));
    }),
  );
});

test("property: any mix of words and time limits ends at most once, and never goes back", () => {
  const happening = (state: WorkflowState) =>
    fc.oneof(
      fc.constantFrom(...everyWord(state)),
      fc.constantFrom(...everyWord(state).map((word) => ({ ...word, verdict: "reject" as const }))),
      fc.record({
        kind: fc.constant("expire" as const),
        stepId: fc.constantFrom(...state.steps.map(({ id }) => id)),
        level: fc.nat({ max: 2 }),
      }),
    );
  fc.assert(
    fc.property(
      aWorkflow.chain((state) => fc.tuple(fc.constant(state), fc.array(happening(state), { maxLength: 60 }))),
      ([state, happenings]) => {
        let so = state;
        let finishes = 0;
        for (const one of happenings) {
          const before = so.steps.filter(({ status }) =>
            ["APPROVED", "REJECTED", "EXPIRED"].includes(status),
          );
          const next = advance(so, one);
          finishes += next.commands.filter(({ kind }) => kind === "finish").length;
          so = next.state;
          for (const { id, status } of before)
            expect(so.steps.find((step) => step.id === id)?.status).toBe(status);
        }
        expect(finishes).toBeLessThanOrEqual(1);
        if (finishes === 1) expect(so.steps.some(({ status }) => status === "ACTIVE")).toBe(false);
      },
    ),
  );
});

const question: WorkflowQuestion = {
  operation: "CREATE_VM",
  systemId: "shop",
  environment: "prod",
  environmentClass: "prod",
  requesterId: "rita",
  demand: { cpuCores: 8, memoryGi: 32, diskGb: 200, gpus: 0 },
  costClass: "gold",
};
const aDefinition = (over: Partial<StepDefinition> = {}): StepDefinition =>
  stepDefinition.parse({ approvers: [{ kind: "holders" }], ...over });
const aChoice = (over: Partial<WorkflowChoice> = {}): WorkflowChoice => ({
  id: "w",
  name: "w",
  priority: 100,
  revision: 1,
  match: { ...conditionShape.parse({}), systemId: null },
  steps: [aDefinition()],
  ...over,
});

describe("choosing", () => {
  test("every stated condition must hold, and the first that does not is told", () => {
    const unmet = (over: object) => findUnmet({ ...conditionShape.parse(over) }, question);
    expect(unmet({})).toBeNull();
    expect(unmet({ operations: ["DELETE_VM"] })).toBe("operation");
    expect(unmet({ environment: "test" })).toBe("environment");
    expect(unmet({ environmentName: "uat" })).toBe("environment");
    expect(unmet({ minCpuCores: 8, minMemoryGi: 33 })).toBe("size");
    expect(unmet({ minCpuCores: 8, minMemoryGi: 32, minDiskGb: 200 })).toBeNull();
    expect(unmet({ requiresGpu: true })).toBe("gpu");
    expect(unmet({ costClass: "silver" })).toBe("cost_class");
    expect(findUnmet({ ...conditionShape.parse({}), systemId: "other" }, question)).toBe("system");
    expect(findUnmet(conditionShape.parse({ minCpuCores: 1 }), { ...question, demand: null })).toBe("size");
  });

  test("the lowest number, then the name; the policy's own workflow before any", () => {
    const late = aChoice({ id: "late", name: "b", priority: 50 });
    const early = aChoice({ id: "early", name: "a", priority: 50 });
    const named = aChoice({ id: "named", name: "z", priority: 9_000 });
    expect(chooseWorkflow([late, early, named], question).id).toBe("early");
    expect(chooseWorkflow([late, early, named], { ...question, workflowId: "named" }).id).toBe("named");
  });

  test("nothing matches: one step of the standing approvers; a role on a System is always its keepers' word", () => {
    expect(chooseWorkflow([], question).steps).toMatchObject([
      { mode: "any", approvers: [{ kind: "holders" }] },
    ]);
    const access = { ...question, operation: "SYSTEM_ACCESS" as const, environment: null };
    expect(chooseWorkflow([aChoice()], access).steps).toMatchObject([{ approvers: [{ kind: "keepers" }] }]);
  });

  test("where every step is passed over, the standing approvers are asked all the same", () => {
    const condition = conditionShape.parse({ requiresGpu: true });
    const chosen = chooseWorkflow([aChoice({ steps: [aDefinition({ condition })] })], question);
    expect(chosen.steps).toHaveLength(2);
    expect(chosen.steps[1]).toMatchObject({ condition: null, approvers: [{ kind: "holders" }] });
  });

  test("a parallel step joins the stage of the one before it", () => {
    const steps = [false, true, false, true, true, false].map((parallel) => ({ parallel }));
    expect(stagesOf(steps)).toEqual([0, 0, 1, 1, 1, 2]);
    expect(stagesOf([{ parallel: true }])).toEqual([0]);
  });
});
