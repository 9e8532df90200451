import { requireContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { ClusterPage } from "@/components/clusters/cluster-page";
import { listOwnPermissions } from "@/lib/access/queries";
import { serviceAccountManifest } from "@/lib/adapters/kubevirt/service-account-manifest";
import { readCluster } from "@/lib/clusters/queries";

interface PageProps {
  params: Promise<{ id: string }>;
}

export default async function OneClusterPage({ params }: PageProps) {
  const ctx = await requireContext();
  const { id } = await params;
  return showPage(ctx, async () => {
    const [cluster, permissions] = await Promise.all([readCluster(ctx, id), listOwnPermissions(ctx)]);
    const isAdministrator = permissions.includes("platform:admin");
    return (
      <ClusterPage
        cluster={cluster}
        manifest={serviceAccountManifest()}
        mayWrite={isAdministrator || permissions.includes("cluster:write")}
        mayMaintain={isAdministrator}
      />
    );
  });
}
