import { choosePolicy, type PolicyRow } from "../policies/rules";
import {
  chooseWorkflow,
  findUnmet,
  type WorkflowChoice,
  type WorkflowQuestion,
} from "../workflows/choose-workflow";
import type { StepDefinition } from "../workflows/schema";
import type { PastRequest } from "./rules";

/** The steps that a request passes, those that its conditions pass over left out. */
export interface PassedSteps {
  workflowName: string | null;
  steps: StepDefinition[];
}

interface WorkflowDifference {
  request: PastRequest;
  now: PassedSteps;
  then: PassedSteps;
}

interface WorkflowSets {
  rules: readonly PolicyRow[];
  now: readonly WorkflowChoice[];
  then: readonly WorkflowChoice[];
}

/** Of the requests that ask somebody: whose steps would have been others; how many ask is told beside it. */
export function compareWorkflows(
  requests: readonly PastRequest[],
  { rules, now, then }: WorkflowSets,
): { asked: number; differences: WorkflowDifference[] } {
  const questions = requests.flatMap((request) => {
    const { effect, workflowId } = choosePolicy(rules, request);
    return effect === "ask" ? [{ request, question: { ...request, workflowId } }] : [];
  });
  const differences = questions
    .map(({ request, question }) => ({
      request,
      now: passedSteps(now, question),
      then: passedSteps(then, question),
    }))
    .filter((compared) => textOf(compared.now) !== textOf(compared.then));
  return { asked: questions.length, differences };
}

function passedSteps(workflows: readonly WorkflowChoice[], question: WorkflowQuestion): PassedSteps {
  const { name, steps } = chooseWorkflow(workflows, question);
  const passed = steps.filter(
    ({ condition }) => condition === null || findUnmet(condition, question) === null,
  );
  return { workflowName: name, steps: passed };
}

/** The same people in the same order by the same count are the same steps, whatever their workflow is called. */
function textOf({ steps }: PassedSteps): string {
  return JSON.stringify(
    steps.map(({ approvers, mode, needed, parallel, timeoutHours, onTimeout, escalateTo }) => [
      approvers,
      mode,
      mode === "quorum" ? needed : 1,
      parallel,
      timeoutHours,
      onTimeout,
      escalateTo,
    ]),
  );
}

export interface WorkflowGroup {
  /** The newest request of this kind stands for the others. */
  example: WorkflowDifference;
  requests: number;
  people: number;
}

/** Differences of one kind counted together, the most frequent first. */
export function groupWorkflows(differences: readonly WorkflowDifference[]): WorkflowGroup[] {
  const kinds = Map.groupBy(differences, ({ request, now, then }) =>
    [request.operation, textOf(now), textOf(then)].join("|"),
  );
  return [...kinds.values()]
    .flatMap((members) => {
      const [example] = members;
      const people = new Set(members.map(({ request }) => request.requesterId)).size;
      return example === undefined ? [] : [{ example, requests: members.length, people }];
    })
    .toSorted((a, b) => b.requests - a.requests);
}
