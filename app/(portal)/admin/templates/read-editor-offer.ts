import { holdsPermission } from "@/components/requests/holds-permission";
import type { EditorOffer } from "@/components/templates/template-editor-context";
import { listSizes } from "@/lib/catalog/sizes/queries";
import { sizeFilter } from "@/lib/catalog/sizes/schema";
import { listLayerFields } from "@/lib/catalog/templates/layers/queries";
import { listReadyUploads } from "@/lib/catalog/uploads/queries";
import { listClusters } from "@/lib/clusters/queries";
import { clusterFilter } from "@/lib/clusters/schema";
import type { Context } from "@/lib/core/context";
import { perPageMax } from "@/lib/core/paging";
import type { Permission } from "@/lib/vocabulary/permissions";

/** What the editor chooses from; what somebody may not see is not offered, and the rest still works. */
export async function readEditorOffer(ctx: Context, own: readonly Permission[]): Promise<EditorOffer> {
  const [fields, images, sizes, clusters] = await Promise.all([
    listLayerFields(ctx),
    listReadyUploads(ctx),
    listSampleSizes(ctx, own),
    holdsPermission(own, "cluster:read")
      ? listClusters(ctx, clusterFilter.parse({ perPage: perPageMax }))
      : { items: [] },
  ]);
  return {
    fields,
    images,
    sizes,
    clusters: clusters.items.map(({ id, displayName, name, status, enabled }) => ({
      id,
      displayName: displayName || name,
      isReachable: enabled && status === "HEALTHY",
    })),
  };
}

/** Sizes to show a machine with, and to export one with. */
export async function listSampleSizes(ctx: Context, own: readonly Permission[]) {
  if (!holdsPermission(own, "instance_size:read")) return [];
  const { items } = await listSizes(ctx, sizeFilter.parse({ perPage: perPageMax }));
  return items.map(({ id, displayName }) => ({ id, displayName }));
}
