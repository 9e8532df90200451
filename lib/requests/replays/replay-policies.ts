import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, shownName, type Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import { enqueue } from "@/lib/core/jobs";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import type { RuleSets } from "./rules";
import { runReplayJob } from "./jobs";
import type { ReplayChange, ReplayPolicies } from "./schema";
import { countPastRequests, freezeRules, settleRuleSets, type Span } from "./store";
import { takeReplayPage } from "./take-replay-page";

const dayMs = 86_400_000;
/** More than this is the worker's. */
const askedAtOnceMax = 2_000;

/** Past requests are asked again of the rules as they are and as the drafts would make them. */
export function replayPolicies(
  ctx: Context,
  input: ReplayPolicies,
): Promise<{ id: string; state: "queued" | "done" }> {
  const span = { since: new Date(ctx.now.getTime() - input.days * dayMs), until: ctx.now };
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const sets = await settleRuleSets(tx, input);
    const total = await countPastRequests(tx, span);
    const id = await keepReplay(tx, ctx, { ...sets, ...span, days: input.days, total });
    await recordAudit(tx, ctx, {
      action: "approval_policy.replay",
      resource: { type: "policy_replay", id },
      details: { days: input.days, total, changes: sets.changes },
    });
    if (total > askedAtOnceMax) {
      await enqueue(tx, runReplayJob, { replayId: id });
      return { id, state: "queued" };
    }
    let isDone = false;
    while (!isDone) isDone = await takeReplayPage(tx, id);
    return { id, state: "done" };
  });
}

interface Kept extends Span, RuleSets {
  changes: ReplayChange[];
  days: number;
  total: number;
}

async function keepReplay(tx: Tx, ctx: Context, kept: Kept): Promise<string> {
  const { since, until, days, total, changes, now, then } = kept;
  const id = newId();
  await tx.policyReplay.create({
    data: {
      ...{
        id,
        days,
        since,
        until,
        total,
        createdBy: actorId(ctx.actor),
        createdByName: shownName(ctx.actor),
      },
      changes: changes.map((change) => ({ ...change })),
      rulesNow: freezeRules(now).map((rule) => ({ ...rule })),
      rulesThen: freezeRules(then).map((rule) => ({ ...rule })),
    },
    select: { id: true },
  });
  return id;
}
