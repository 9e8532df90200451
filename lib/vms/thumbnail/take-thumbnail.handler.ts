import { createHash } from "node:crypto";
import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { takeScreenshot } from "@/lib/adapters/kubevirt/screenshots";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { db } from "@/lib/core/db";
import { readQuestion } from "@/lib/core/worker-questions";
import { lookQuestion } from "@/lib/vms/looks/schema";
import { findAskedVm, finishLook, runsNow, type SeenVm } from "@/lib/vms/looks/store";
import { makeThumbnail, type Thumbnail } from "./make-thumbnail";
import { PictureRefused } from "./read-png";
import type { ScreenState } from "./schema";

interface Found {
  state: ScreenState;
  message: string | null;
  thumbnail: Thumbnail | null;
}

/** Asks the cluster for the screen, keeps a small picture of it or why there is none. */
export async function takeThumbnail({ questionId }: { questionId: string }): Promise<void> {
  const asked = await readQuestion(questionId);
  if (asked === null) return;
  const { vmId } = lookQuestion.parse(asked);
  const vm = await findAskedVm(db(), vmId);
  if (vm !== null) await keep(vm, runsNow(vm) ? await takePatiently(vm) : nothing("stopped"));
  await finishLook(questionId, { vmId, kind: "screen" });
}

async function takePatiently({ clusterId, namespace, name }: SeenVm): Promise<Found> {
  try {
    const screenshot = await takeScreenshot(await connectCluster(clusterId), namespace, name);
    if (screenshot.word !== "taken") return nothing(screenshot.word);
    return { state: "shown", message: null, thumbnail: await makeThumbnail(screenshot.png) };
  } catch (error) {
    if (error instanceof PictureRefused) return nothing("refused", error.message);
    if (!(error instanceof ClusterFailure)) throw error;
    const isDenied = error.status === 401 || error.status === 403;
    return nothing(isDenied ? "denied" : "unreachable", error.message);
  }
}

function nothing(state: ScreenState, message: string | null = null): Found {
  return { state, message, thumbnail: null };
}

async function keep(vm: SeenVm, { state, message, thumbnail }: Found): Promise<void> {
  const now = new Date();
  const columns = {
    ...{ state, message, observedAt: now },
    png: thumbnail === null ? null : new Uint8Array(thumbnail.png),
    width: thumbnail?.width ?? null,
    height: thumbnail?.height ?? null,
    hash: thumbnail === null ? null : createHash("sha256").update(thumbnail.png).digest("hex"),
    vmiUid: vm.vmiUid,
    takenAt: thumbnail === null ? null : now,
  };
  await db().vmThumbnail.upsert({
    where: { vmId: vm.id },
    create: { vmId: vm.id, ...columns },
    update: columns,
    select: { vmId: true },
  });
}
