import { requireContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { ClusterPage } from "@/components/clusters/cluster-page";
import { clusterTabs, type ClusterTab } from "@/components/clusters/cluster-tabs";
import { listOwnPermissions } from "@/lib/access/queries";
import { listFieldSchemas } from "@/lib/catalog/fields/queries";
import { readClusterCapacity } from "@/lib/clusters/capacity/queries";
import { capacityFilter } from "@/lib/clusters/capacity/schema";
import { minorOf } from "@/lib/clusters/cluster-facts";
import { readClusterHealth } from "@/lib/clusters/health/queries";
import { readMetricsSource } from "@/lib/clusters/metrics-source/queries";
import { explainPermissions } from "@/lib/clusters/permissions/explain-permissions";
import { readPolicyReach } from "@/lib/clusters/policies/queries";
import { readCluster } from "@/lib/clusters/queries";

interface PageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParameters>;
}

export default async function OneClusterPage({ params, searchParams }: PageProps) {
  const ctx = await requireContext();
  const { id } = await params;
  const search = await searchParams;
  return showPage(ctx, async () => {
    const permissions = await listOwnPermissions(ctx);
    const isAdministrator = permissions.includes("platform:admin");
    const maySeeFields = isAdministrator || permissions.includes("instance_size:read");
    const [cluster, schemas, health, capacity, reach, metricsSource] = await Promise.all([
      readCluster(ctx, id),
      maySeeFields ? listFieldSchemas(ctx) : [],
      readClusterHealth(ctx, id),
      readClusterCapacity(ctx, { ...readSearch(capacityFilter, search), clusterId: id }),
      readPolicyReach(ctx, id),
      readMetricsSource(ctx, id),
    ]);
    return (
      <ClusterPage
        {...{ cluster, health, capacity, reach, metricsSource }}
        fields={schemas.find(({ minor }) => minor === minorOf(cluster.kubevirtVersion)) ?? null}
        report={explainPermissions(cluster.missingPermissions)}
        tab={tabOf(search["tab"])}
        mayWrite={isAdministrator || permissions.includes("cluster:write")}
        mayMaintain={isAdministrator}
      />
    );
  });
}

function tabOf(value: string | string[] | undefined): ClusterTab {
  return clusterTabs.find((tab) => tab === value) ?? "overview";
}
