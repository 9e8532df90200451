import { isAuthorized } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { askOnce } from "@/lib/vms/looks/ask-once";
import { readSeenVm, runsNow, type SeenVm } from "@/lib/vms/looks/store";
import { readGuestJob } from "./jobs";
import { guestFacts, guestStates, type GuestView } from "./schema";

/** Within this time nobody asks the guest again. */
const freshSeconds = 60;

/** What is known of a machine's inside, without asking anybody. */
export async function readGuest(ctx: Context, vmId: string): Promise<GuestView> {
  return viewOf(ctx, await readSeenVm(ctx, vmId));
}

/** The same, asked of the guest where what is known is older than a minute and something runs. */
export async function lookAtGuest(ctx: Context, vmId: string): Promise<GuestView> {
  const vm = await readSeenVm(ctx, vmId);
  if (runsNow(vm)) await askOnce(ctx, { vmId, kind: "guest", freshSeconds, job: readGuestJob });
  return viewOf(ctx, vm);
}

async function viewOf(ctx: Context, vm: SeenVm): Promise<GuestView> {
  const row = await db().vmGuestFacts.findUnique({ where: { vmId: vm.id } });
  const facts = guestFacts
    .nullable()
    .catch(null)
    .parse(row?.facts ?? null);
  return {
    vmId: vm.id,
    state: guestStates.find((state) => state === row?.state) ?? null,
    message: await wordsFor(ctx, row?.message ?? null),
    facts,
    factsAt: facts === null ? null : (row?.factsAt ?? null),
    observedAt: row?.observedAt ?? null,
    osFamily: vm.osFamily,
    isRunning: runsNow(vm),
  };
}

/** A cluster's words name its accounts and addresses: they are for those who may see clusters. */
async function wordsFor(ctx: Context, message: string | null): Promise<string | null> {
  if (message === null) return null;
  return (await isAuthorized(db(), ctx, "cluster:read")) ? message : null;
}
