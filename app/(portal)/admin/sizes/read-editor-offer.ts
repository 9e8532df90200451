import type { EditorOffer, OfferedName } from "@/components/sizes/size-editor-context";
import { listOwnPermissions } from "@/lib/access/queries";
import { listHardware, type ClusterHardware } from "@/lib/clusters/hardware/queries";
import type { Context } from "@/lib/core/context";
import { platformAdmin } from "@/lib/vocabulary/permissions";

const nothing: EditorOffer = { clusters: [], gpuDevices: [], sriovNetworks: [] };

/** What the clusters have that a size can ask for; nothing for whoever may not see clusters. */
export async function readEditorOffer(ctx: Context): Promise<EditorOffer> {
  const own = await listOwnPermissions(ctx);
  if (!own.includes("cluster:read") && !own.includes(platformAdmin)) return nothing;
  const clusters = await listHardware(ctx);
  return {
    clusters: clusters.map(({ gpuDevices: _devices, sriovNetworks: _networks, ...cluster }) => cluster),
    gpuDevices: offered(clusters, ({ gpuDevices }) => gpuDevices),
    sriovNetworks: offered(clusters, ({ sriovNetworks }) => sriovNetworks),
  };
}

function offered(
  clusters: ClusterHardware[],
  namesOf: (cluster: ClusterHardware) => string[],
): OfferedName[] {
  const found = new Map<string, string[]>();
  for (const cluster of clusters) {
    for (const name of new Set(namesOf(cluster))) {
      found.set(name, [...(found.get(name) ?? []), cluster.displayName]);
    }
  }
  return [...found]
    .map(([name, clusterNames]) => ({ name, clusterNames }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}
