import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { PageHeader } from "@/components/ui/page-header";
import type { ClusterDetail } from "@/lib/clusters/schema";
import { CapabilitiesCard } from "./capabilities-card";
import { CapacityCard } from "./capacity-card";
import { ClusterActions } from "./cluster-actions";
import { ClusterNotices } from "./cluster-notices";
import { ClusterStatus } from "./cluster-status";
import { CredentialCard } from "./credential-card";
import { FactsCard } from "./facts-card";
import { PermissionsCard } from "./permissions-card";
import { PolicyCard } from "./policy-card";
import { StorageCard } from "./storage-card";

interface ClusterPageProps {
  cluster: ClusterDetail;
  manifest: string;
  mayWrite: boolean;
  mayMaintain: boolean;
}

export function ClusterPage({ cluster, manifest, mayWrite, mayMaintain }: ClusterPageProps) {
  const t = useTranslations("clusters");
  return (
    <div className="grid min-w-0 gap-5">
      <PageHeader
        title={cluster.displayName}
        breadcrumbs={[{ label: t("list.title"), href: "/admin/clusters" }, { label: cluster.displayName }]}
        badges={
          <>
            <ClusterStatus cluster={cluster} />
            <Badge>{cluster.environment}</Badge>
          </>
        }
        actions={mayWrite && <ClusterActions cluster={cluster} mayMaintain={mayMaintain} />}
      />
      <ClusterNotices cluster={cluster} />
      <div className="grid min-w-0 items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid min-w-0 gap-4">
          <PermissionsCard cluster={cluster} manifest={manifest} />
          <CapacityCard cluster={cluster} />
          <StorageCard cluster={cluster} mayWrite={mayWrite} />
          <CapabilitiesCard cluster={cluster} />
          <CredentialCard cluster={cluster} mayWrite={mayWrite} />
        </div>
        <div className="grid min-w-0 gap-4">
          <FactsCard cluster={cluster} />
          <PolicyCard cluster={cluster} mayWrite={mayWrite} />
        </div>
      </div>
    </div>
  );
}
