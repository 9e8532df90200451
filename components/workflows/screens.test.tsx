import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test, vi } from "vitest";
import accessEn from "@/components/messages/en/access.json";
import policiesEn from "@/components/messages/en/policies.json";
import uiEn from "@/components/messages/en/ui.json";
import workflowsEn from "@/components/messages/en/workflows.json";
import accessZh from "@/components/messages/zh-CN/access.json";
import policiesZh from "@/components/messages/zh-CN/policies.json";
import uiZh from "@/components/messages/zh-CN/ui.json";
import workflowsZh from "@/components/messages/zh-CN/workflows.json";
import type { DelegationRow } from "@/lib/requests/delegations/schema";
import type { EligiblePerson, Timeline, TimelineStep, WorkflowRow } from "@/lib/requests/workflows/schema";
import { ApprovalTimeline } from "./approval-timeline";
import { DelegationTable } from "./delegation-table";
import { PreviewedStepList } from "./previewed-step-list";
import { newWorkflow } from "./workflow-draft";
import { WorkflowEditor } from "./workflow-editor";
import { WorkflowTable } from "./workflow-table";

vi.mock("@/app/actions/workflows", () => ({
  createWorkflowAction: vi.fn(),
  updateWorkflowAction: vi.fn(),
  testWorkflowAction: vi.fn(),
  endDelegationAction: vi.fn(),
}));

const messages = {
  en: { workflows: workflowsEn, ui: uiEn, access: accessEn, policies: policiesEn },
  "zh-CN": { workflows: workflowsZh, ui: uiZh, access: accessZh, policies: policiesZh },
};
const locales = ["en", "zh-CN"] as const;
const now = new Date("2026-11-23T08:00:00Z");

/** As a reader of this language sees it; a message that is missing or fails is an error. */
function show(locale: (typeof locales)[number], screen: ReactNode): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider
      locale={locale}
      messages={messages[locale]}
      timeZone="UTC"
      now={now}
      onError={(error) => {
        throw error;
      }}
    >
      {screen}
    </NextIntlClientProvider>,
  );
}

const person: EligiblePerson = {
  id: "ann",
  username: "ann",
  displayName: "Ann Ott",
  why: [
    {
      ...{ kind: "role", through: "Approver", roleId: "role-approval-admin" },
      ...{ scope: null, standsInFor: null, until: null },
    },
    {
      ...{ kind: "owners", through: "shop", roleId: null, scope: "owner", until: now },
      standsInFor: { id: "bob", displayName: "Bob Ng" },
    },
  ],
};
const step = (over: Partial<TimelineStep>): TimelineStep => ({
  ...{ id: `step-${over.position ?? 0}`, position: 0, stage: 0, name: "", mode: "any", needed: 1 },
  ...{ timeoutHours: 4, onTimeout: "escalate", skipReason: null, eligible: [], status: "WAITING" },
  ...{ escalationLevel: 0, escalations: 1, editable: null, activatedAt: null, dueAt: null },
  ...{ remainingSeconds: null, finishedAt: null, isMine: false, decisions: [] },
  ...over,
});
const said = { approverName: "Bob Ng", comment: "fine", level: 0, at: now };
const aTimeline = (over: Partial<Timeline> = {}): Timeline => ({
  ...{
    ticketId: "t",
    workflowName: null,
    dispatcher: "built-in",
    status: "PENDING",
    round: 2,
    pausedSince: now,
    onItsWay: true,
  },
  steps: [
    step({ status: "APPROVED", decisions: [{ ...said, verdict: "approve", onBehalfOfName: "Carl Yu" }] }),
    step({
      position: 1,
      stage: 1,
      status: "ACTIVE",
      isMine: true,
      dueAt: now,
      eligible: [person],
    }),
    step({ position: 2, stage: 1, status: "ACTIVE", remainingSeconds: 600, mode: "quorum", needed: 2 }),
    step({ position: 3, stage: 2, status: "SKIPPED", skipReason: "cost_class" }),
    step({ position: 4, stage: 3, mode: "all" }),
    step({
      position: 5,
      stage: 4,
      status: "REJECTED",
      decisions: [{ ...said, verdict: "reject", onBehalfOfName: null }],
    }),
  ],
  happenings: [
    { at: now, action: "vm.request", actorName: "Rita", outcome: "success", details: {} },
    {
      at: now,
      action: "something.new",
      actorName: "Rita",
      outcome: "failure",
      details: { code: "CONFLICT" },
    },
  ],
  ...over,
});

describe.each(locales)("in %s", (locale) => {
  test("the timeline says whose turn it is and why, who stands in for whom, and what was said", () => {
    const shown = show(locale, <ApprovalTimeline timeline={aTimeline()} />);
    for (const word of ["Ann Ott", "Bob Ng", "Carl Yu", "shop", "Rita", "fine", "CONFLICT"])
      expect(shown).toContain(word);
  });

  test.each(Object.keys(workflowsEn.skip))(
    "a step that was passed over because of %s says so",
    (skipReason) => {
      const steps = [step({ status: "SKIPPED", skipReason })];
      const sentence: Record<string, string> = messages[locale].workflows.skip;
      expect(show(locale, <ApprovalTimeline timeline={aTimeline({ steps })} />)).toContain(
        sentence[skipReason],
      );
    },
  );

  test("the editor shows each field of a step", () => {
    const names = {
      ...{
        roles: [{ id: "role-approval-admin", name: "Approver" }],
        cohorts: [],
        users: [],
        costClasses: ["gold"],
      },
      ...{
        systems: [{ id: "s", name: "shop" }],
        environments: [{ id: "prod", name: "Production", environmentClass: "prod" }],
      },
    };
    const draft = newWorkflow();
    const [first] = draft.steps;
    if (first === undefined) throw new Error("a draft begins with a step");
    const full = {
      ...first,
      ...{ mode: "quorum", needed: 2, timeoutHours: 8, onTimeout: "escalate", editable: ["diskGb"] },
      escalateTo: [[{ kind: "role", refId: "role-approval-admin" }]],
      condition: { ...draft.match, systemId: undefined },
    };
    const steps = [first, full] as typeof draft.steps;
    const shown = show(locale, <WorkflowEditor initial={{ ...draft, steps }} stored={null} names={names} />);
    for (const name of [
      "steps.1.timeoutHours",
      "steps.1.needed",
      "match.minCpuCores",
      "steps.1.condition.costClass",
    ])
      expect(shown).toContain(`name="${name}"`);
  });

  test("lists and previews stand in the reader's words", () => {
    const { match, steps, ...rest } = newWorkflow();
    const row: WorkflowRow = {
      ...{
        ...rest,
        id: "w",
        name: "Large machines",
        systemName: "shop",
        revision: 1,
        waiting: 2,
        updatedAt: now,
        steps,
      },
      match: {
        ...match,
        systemId: "s",
        environment: "prod",
        minCpuCores: 8,
        requiresGpu: true,
        operations: ["CREATE_VM"],
      },
    };
    expect(show(locale, <WorkflowTable workflows={[row]} />)).toContain("Large machines");
    const previewed = { workflowId: null, workflowName: null, steps: [{ ...step({}), canFinish: false }] };
    expect(show(locale, <PreviewedStepList previewed={previewed} />)).toContain("border-l-2");
    const delegation: DelegationRow = {
      ...{
        id: "d",
        direction: "given",
        otherName: "Ann Ott",
        otherUsername: "ann",
        startsAt: now,
        endsAt: now,
      },
      ...{ reason: "On holiday", environments: ["prod"], state: "running", createdAt: now },
    };
    const table = <DelegationTable delegations={[delegation]} environments={[]} />;
    expect(show(locale, table)).toContain("On holiday");
  });
});
