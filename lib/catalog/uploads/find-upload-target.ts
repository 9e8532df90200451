import { readUploadProxy, requestUploadToken } from "@/lib/adapters/kubevirt/data-volumes";
import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { uploadAuthorities, type UploadTarget } from "@/lib/adapters/kubevirt/upload-proxy";
import { connectCluster, openClusterConnection } from "@/lib/clusters/connect-cluster";
import { db } from "@/lib/core/db";

/** Where the image goes: the address an administrator gave, else what the cluster's own CDI says. */
export async function findUploadTarget(place: {
  clusterId: string;
  namespace: string;
  name: string;
}): Promise<UploadTarget> {
  const client = await connectCluster(place.clusterId);
  const given = await db().cluster.findUnique({
    where: { id: place.clusterId },
    select: { uploadProxyUrl: true, uploadProxyCa: true },
  });
  const told = given?.uploadProxyUrl ? { url: null, ca: null } : await readUploadProxy(client);
  const url = given?.uploadProxyUrl ?? told.url;
  if (url === null)
    throw new ClusterFailure("rejected", "CDI names no upload proxy", { reason: "ProxyMissing" });
  const { caData } = await openClusterConnection(place.clusterId);
  const token = await requestUploadToken(client, { namespace: place.namespace, claim: place.name });
  return { url, ca: uploadAuthorities(given?.uploadProxyCa ?? told.ca, caData), token };
}
