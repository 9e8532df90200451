import { aPerson, anAdministrator } from "@/e2e/factories/person";
import { aService } from "@/e2e/factories/service";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { endEmergency } from "@/lib/requests/emergencies/end-emergency";
import { reviewEmergency } from "@/lib/requests/emergencies/review-emergency";
import { reviewEmergencyInput, startEmergencyInput } from "@/lib/requests/emergencies/schema";
import { startEmergency } from "@/lib/requests/emergencies/start-emergency";
import { bind, delegate, withToken, type SignedIn } from "./make-cast";
import { throughForm, type Attempt } from "./try-attempt";

const reason = "The shop is down and nobody answers";
const verdict = { verdict: "justified", comment: "The log shows the outage" } as const;

/** Somebody who may break the glass and could review, were it not their own. */
async function anOperator(): Promise<SignedIn> {
  const operator = await aPerson("role-emergency-operator");
  await bind(operator, "role-approval-admin");
  return operator;
}

async function anEmergency(state: "running" | "ended" | "reviewed") {
  const operator = await anOperator();
  const { systemId } = await aService(await aPerson("role-development-engineer"));
  const started = { systemId, environment: "test", reason, minutes: 15 };
  const { id: emergencyId } = await startEmergency(operator, started);
  if (state !== "running") await endEmergency(operator, { emergencyId });
  if (state === "reviewed")
    await reviewEmergency(await aPerson("role-approval-admin"), { emergencyId, ...verdict });
  return { operator, systemId, emergencyId };
}

/** The author in every guise, and whoever has nothing to say. */
async function whoMayNot(operator: SignedIn): Promise<Record<string, Context>> {
  const service = await aPerson("role-approval-admin");
  await db().user.update({
    where: { id: service.actor.id },
    data: { authType: "service", createdBy: operator.actor.id },
    select: { id: true },
  });
  const standIn = await aPerson(null);
  await delegate(operator, standIn);
  return {
    "its author": operator,
    "its author's token": withToken(operator),
    "its author's service account": service,
    "its author's service account's token": withToken(service),
    "its author's stand-in": standIn,
    "a viewer": await aPerson("role-viewer"),
    "an engineer": await aPerson("role-development-engineer"),
    "another emergency operator": await aPerson("role-emergency-operator"),
    "an approver of another environment": await aPerson("role-approval-admin", { environments: ["prod"] }),
    "a stranger": await aPerson(null),
    nobody: { ...operator, actor: { kind: "anonymous" } },
  };
}

/** Reviews and ends by whoever may not, and emergencies that are none. */
export async function emergencyAttempts(): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  for (const state of ["running", "ended", "reviewed"] as const) {
    const { operator, emergencyId } = await anEmergency(state);
    for (const [title, ctx] of Object.entries(await whoMayNot(operator))) {
      for (const said of ["justified", "unjustified"] as const)
        attempts.push({
          name: `${title} reviews what is ${state} as ${said}`,
          act: () => reviewEmergency(ctx, { ...verdict, emergencyId, verdict: said }),
        });
      if (ctx.actor.kind !== "person" || ctx.actor.id !== operator.actor.id || state !== "running")
        attempts.push({
          name: `${title} ends what is ${state}`,
          act: () => endEmergency(ctx, { emergencyId }),
        });
    }
  }
  return [...attempts, ...(await earlyAndLate()), ...(await wrongStarts()), ...(await wrongWords())];
}

async function earlyAndLate(): Promise<Attempt[]> {
  const approver = await aPerson("role-approval-admin");
  const running = await anEmergency("running");
  const reviewed = await anEmergency("reviewed");
  return [
    {
      name: "a review while it runs",
      act: () => reviewEmergency(approver, { ...verdict, ...idOf(running) }),
    },
    { name: "a second review", act: () => reviewEmergency(approver, { ...verdict, ...idOf(reviewed) }) },
    { name: "a second end", act: () => endEmergency(reviewed.operator, idOf(reviewed)) },
    { name: "an end of what never was", act: () => endEmergency(approver, { emergencyId: "none" }) },
  ];
}

const idOf = ({ emergencyId }: { emergencyId: string }) => ({ emergencyId });

async function wrongStarts(): Promise<Attempt[]> {
  const { operator: busy, systemId } = await anEmergency("running");
  const operator = await anOperator();
  const right = { systemId, environment: "test", reason, minutes: 15 };
  const start = (ctx: Context) => throughForm(startEmergencyInput, (input) => startEmergency(ctx, input));
  const wrong: Record<string, object> = {
    ...{ "no time": { minutes: 0 }, "four minutes": { minutes: 4 }, "a negative time": { minutes: -15 } },
    ...{
      "a day": { minutes: 1_440 },
      "half a minute more": { minutes: 15.5 },
      "no number": { minutes: "long" },
    },
    ...{
      "no reason": { reason: "" },
      "blank words": { reason: " ".repeat(20) },
      "a word": { reason: "help" },
    },
    ...{ "another environment": { environment: "prod" }, "no environment": { environment: "none" } },
    ...{ "no System": { systemId: "none" }, "an end of its own": { endsAt: "2040-01-01T00:00:00Z" } },
    ...{ "another person": { personId: "another" }, "a review beside it": { reviewedBy: "me" } },
  };
  const stale = { ...operator, actor: { ...operator.actor, mfaAt: null } };
  const others: Record<string, Context> = {
    "an emergency by a token": withToken(operator, { elevated: true }),
    "an emergency without a second factor": stale,
    "an emergency beside another": busy,
    "an emergency of an approver": await aPerson("role-approval-admin"),
    "an emergency of an engineer": await aPerson("role-development-engineer"),
    "an emergency of a viewer": await aPerson("role-viewer"),
    "an emergency of an administrator's token": withToken(await anAdministrator()),
    "an emergency of nobody": { ...operator, actor: { kind: "anonymous" } },
  };
  return [
    ...Object.entries(wrong).map(([name, over]) => ({
      name: `an emergency with ${name}`,
      act: start(operator)({ ...right, ...over }),
    })),
    ...Object.entries(others).map(([name, ctx]) => ({ name, act: start(ctx)(right) })),
  ];
}

async function wrongWords(): Promise<Attempt[]> {
  const { emergencyId } = await anEmergency("ended");
  const approver = await aPerson("role-approval-admin");
  const review = throughForm(reviewEmergencyInput, (input) => reviewEmergency(approver, input));
  const wrong: object[] = [
    ...[{ verdict: "fine" }, { verdict: null }, { verdict: "" }, { comment: "" }, { comment: "ok" }],
    ...[{ comment: " ".repeat(30) }, { comment: "x".repeat(2_001) }, { reviewedBy: "another" }],
    ...[{ emergencyId: "none" }, { emergencyId: "" }, { personId: "another" }],
  ];
  return wrong.map((over) => ({
    name: `a review with ${JSON.stringify(over).slice(0, 60)}`,
    act: review({ emergencyId, ...verdict, ...over }),
  }));
}
