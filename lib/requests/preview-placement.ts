import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { askClusters, type Asked } from "./ask-clusters";
import type { Creation } from "./place-creation";
import type { PlacementPreview } from "./schema";

/** Where a creation fits, and what the admission of those clusters says to it. */
export async function previewPlacement(
  ctx: Context,
  asked: Asked,
  creation: Creation,
): Promise<PlacementPreview> {
  const eligible = creation.candidates.filter((candidate) => candidate.eligible);
  const result = { candidates: creation.candidates, verdicts: [], notChecked: null };
  if (eligible.length === 0) return result;
  try {
    const targets = eligible.map(({ clusterId, storageClass, rootVolume }) => ({
      clusterId,
      storageClass,
      dvAccessModes: rootVolume.accessModes,
      dvVolumeMode: rootVolume.volumeMode,
    }));
    return { ...result, verdicts: await askClusters(ctx, asked, creation.wanted, targets) };
  } catch (error) {
    // The form goes on without the clusters' word and says so; only an approval needs it (spec §5.10).
    if (error instanceof AppError && error.code === "WORKER_SILENT")
      return { ...result, notChecked: error.code };
    throw error;
  }
}
