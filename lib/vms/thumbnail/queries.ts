import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { askOnce } from "@/lib/vms/looks/ask-once";
import { readSeenVm, runsNow, type SeenVm } from "@/lib/vms/looks/store";
import { takeThumbnailJob } from "./jobs";
import type { ScreenPicture, ScreenState } from "./schema";

/** One shot of a machine's screen in this time, however many look. */
const freshSeconds = 5;

type SeenScreen = { picture: ScreenPicture; why: null } | { picture: null; why: ScreenState };

/**
 * The machine's screen now, asked of a worker where the last picture is old.
 * The caller has made sure that the person may open the machine's console.
 */
export async function lookAtScreen(ctx: Context, vmId: string): Promise<SeenScreen> {
  const vm = await readSeenVm(ctx, vmId);
  if (!runsNow(vm)) return { picture: null, why: "stopped" };
  const isAnswered = await askOnce(ctx, { vmId, kind: "screen", freshSeconds, job: takeThumbnailJob });
  return isAnswered ? findPicture(vm) : { picture: null, why: "unreachable" };
}

async function findPicture(vm: SeenVm): Promise<SeenScreen> {
  const row = await db().vmThumbnail.findUnique({
    where: { vmId: vm.id },
    select: { state: true, png: true, hash: true, takenAt: true, vmiUid: true },
  });
  // A picture of the instance before is of another guest.
  if (row?.png && row.hash !== null && row.takenAt !== null && row.vmiUid === vm.vmiUid)
    return { picture: { png: row.png, hash: row.hash, takenAt: row.takenAt }, why: null };
  return { picture: null, why: stateOf(row?.state) };
}

// The column's words are the check constraint's.
function stateOf(state: string | undefined): ScreenState {
  return state === undefined || state === "shown" ? "unreachable" : (state as ScreenState);
}
