import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { PageHeader } from "@/components/ui/page-header";
import type { FieldSchemaRow } from "@/lib/catalog/fields/schema";
import type { ClusterCapacity } from "@/lib/clusters/capacity/schema";
import type { ClusterHealth } from "@/lib/clusters/health/schema";
import type { MetricsSource } from "@/lib/clusters/metrics-source/schema";
import type { PermissionReport } from "@/lib/clusters/permissions/schema";
import type { PolicyReach } from "@/lib/clusters/policies/schema";
import type { ClusterDetail } from "@/lib/clusters/schema";
import { CapabilitiesCard } from "./capabilities-card";
import { CapacityCard } from "./capacity-card";
import { ClusterActions } from "./cluster-actions";
import { ClusterNotices } from "./cluster-notices";
import { ClusterStatus, PolicyStatus } from "./cluster-status";
import { ClusterTabs, type ClusterTab } from "./cluster-tabs";
import { CredentialCard } from "./credential-card";
import { FactsCard } from "./facts-card";
import { HealthCard } from "./health-card";
import { MetricsSourceCard } from "./metrics-source-card";
import { NodeCard } from "./node-card";
import { PermissionsCard } from "./permissions-card";
import { PolicyCard } from "./policy-card";
import { StorageCard } from "./storage-card";
import { UploadProxyCard } from "./upload-proxy-card";

interface ClusterPageProps {
  cluster: ClusterDetail;
  health: ClusterHealth;
  capacity: ClusterCapacity;
  report: PermissionReport;
  reach: PolicyReach;
  /** What is known of the fields of its KubeVirt; null for whoever may not see it. */
  fields: FieldSchemaRow | null;
  metricsSource: MetricsSource | null;
  tab: ClusterTab;
  mayWrite: boolean;
  mayMaintain: boolean;
}

export function ClusterPage(props: ClusterPageProps) {
  const { cluster, tab, mayWrite, mayMaintain } = props;
  const t = useTranslations("clusters");
  const missing = cluster.missingPermissions.length;
  return (
    <div className="grid min-w-0 gap-5">
      <PageHeader
        title={cluster.displayName}
        breadcrumbs={[{ label: t("list.title"), href: "/admin/clusters" }, { label: cluster.displayName }]}
        badges={
          <>
            <ClusterStatus cluster={cluster} />
            <PolicyStatus summary={cluster.policySummary} look="boxed" />
            <Badge>{cluster.environment}</Badge>
          </>
        }
        actions={mayWrite && <ClusterActions cluster={cluster} mayMaintain={mayMaintain} />}
      />
      <ClusterNotices cluster={cluster} />
      <ClusterTabs
        clusterId={cluster.id}
        current={tab}
        marks={{
          ...(missing > 0 ? { permissions: String(missing) } : {}),
          ...(cluster.policy === null ? { policy: "!" } : {}),
        }}
      />
      <TabBody {...props} />
    </div>
  );
}

function TabBody(props: ClusterPageProps) {
  const { cluster, health, capacity, report, reach, fields, tab, mayWrite } = props;
  switch (tab) {
    case "overview":
      return (
        <div className="grid min-w-0 items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <div className="grid min-w-0 gap-4">
            <HealthCard health={health} />
            <CapacityCard capacity={capacity} />
          </div>
          <FactsCard cluster={cluster} />
        </div>
      );
    case "capacity":
      return (
        <div className="grid min-w-0 gap-4">
          <CapacityCard capacity={capacity} />
          <NodeCard capacity={capacity} readAt={cluster.readAt.nodes} />
        </div>
      );
    case "capabilities":
      return (
        <div className="grid min-w-0 items-start gap-4">
          <CapabilitiesCard cluster={cluster} fields={fields} />
        </div>
      );
    case "storage":
      return <StorageCard cluster={cluster} mayWrite={mayWrite} />;
    case "permissions":
      return <PermissionsCard cluster={cluster} report={report} mayWrite={mayWrite} />;
    case "policy":
      return (
        <div className="max-w-3xl">
          <PolicyCard cluster={cluster} reach={reach} mayWrite={mayWrite} />
        </div>
      );
    case "connection":
      return (
        <div className="grid min-w-0 max-w-4xl gap-4">
          <CredentialCard cluster={cluster} mayWrite={mayWrite} />
          <UploadProxyCard cluster={cluster} mayWrite={mayWrite} />
          <MetricsSourceCard clusterId={cluster.id} source={props.metricsSource} mayWrite={mayWrite} />
        </div>
      );
  }
}
