import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { applyChanges } from "../policies/rules";
import { listActiveRules, settleValues } from "../policies/store";
import { compareRequests, groupDifferences } from "./rules";
import type { ChangesPreview, PreviewChanges } from "./schema";
import { listNewestRequests } from "./store";

const dayMs = 86_400_000;
/** What answers while somebody types. */
const requestsMax = 1_000;

/** What a rule on the screen would have changed lately; nothing is kept of it. */
export async function previewChanges(ctx: Context, input: PreviewChanges): Promise<ChangesPreview> {
  await authorize(db(), ctx, "platform:admin");
  const { days, leaveOut, rule, replacesId } = input;
  const span = { since: new Date(ctx.now.getTime() - days * dayMs), until: ctx.now };
  const [now, requests] = await Promise.all([
    listActiveRules(db()),
    listNewestRequests(db(), { ...span, limit: requestsMax + 1 }),
  ]);
  const put = rule === null ? [] : [{ ...settleValues(rule), id: replacesId ?? "edited", replacesId }];
  const asked = requests.slice(0, requestsMax);
  const differences = compareRequests(asked, { now, then: applyChanges(now, { put, leaveOut }) });
  return {
    days,
    total: asked.length,
    truncated: requests.length > requestsMax,
    differing: differences.length,
    people: new Set(differences.map(({ request }) => request.requesterId)).size,
    uncertain: differences.filter(({ rolesUncertain }) => rolesUncertain).length,
    groups: groupDifferences(differences),
  };
}
