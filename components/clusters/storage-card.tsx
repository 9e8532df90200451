import { useTranslations } from "next-intl";
import { chooseStorageClassAction } from "@/app/actions/clusters";
import { ActionForm } from "@/components/ui/action-form";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { StatusBadge } from "@/components/ui/status-badge";
import { SubmitButton } from "@/components/ui/submit-button";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { ClusterDetail, StorageClass } from "@/lib/clusters/schema";
import { PartAge } from "./part-age";

export function StorageCard({ cluster, mayWrite }: { cluster: ClusterDetail; mayWrite: boolean }) {
  const t = useTranslations("clusters");
  const { storageClasses } = cluster;
  return (
    <Card
      title={t("storage.title")}
      description={t("storage.description")}
      actions={<PartAge at={cluster.readAt.storage} />}
      flush={storageClasses.length > 0}
    >
      {storageClasses.length === 0 ? (
        <EmptyState icon="disk" title={t("storage.empty")}>
          {t("storage.emptyDetail")}
        </EmptyState>
      ) : (
        <Table caption={t("storage.title")}>
          <TableHead>
            <HeadCell>{t("storage.name")}</HeadCell>
            <HeadCell>{t("storage.provisioner")}</HeadCell>
            <HeadCell>{t("storage.modes")}</HeadCell>
            <HeadCell>{t("storage.snapshots")}</HeadCell>
            <HeadCell>{t("storage.traits")}</HeadCell>
            <HeadCell>{t("storage.default")}</HeadCell>
          </TableHead>
          <TableBody>
            {storageClasses.map((one) => (
              <TableRow key={one.name}>
                <TableCell className="font-mono text-xs">{one.name}</TableCell>
                <TableCell label={t("storage.provisioner")} className="font-mono text-xs text-ink-muted">
                  {one.provisioner}
                </TableCell>
                <TableCell label={t("storage.modes")} className="text-xs text-ink-muted">
                  {modesOf(one) || t("unknown")}
                </TableCell>
                <TableCell label={t("storage.snapshots")} className="text-xs">
                  <SnapshotCell storageClass={one} />
                </TableCell>
                <TableCell label={t("storage.traits")} className="text-xs text-ink-muted">
                  <Traits storageClass={one} />
                </TableCell>
                <TableCell label={t("storage.default")}>
                  <DefaultCell cluster={cluster} name={one.name} mayWrite={mayWrite} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}

/** All that the profile offers, best first. */
function modesOf({ propertySets, accessModes = [], volumeMode }: StorageClass): string {
  const sets = propertySets ?? (accessModes.length === 0 ? [] : [{ accessModes, volumeMode }]);
  return sets
    .map((set) => [...set.accessModes.map(shortMode), ...(set.volumeMode ? [set.volumeMode] : [])].join(" "))
    .join(" · ");
}

/** As everybody who works with claims abbreviates them. */
function shortMode(mode: string): string {
  const short = { ReadWriteOnce: "RWO", ReadWriteMany: "RWX", ReadOnlyMany: "ROX", ReadWriteOncePod: "RWOP" };
  return Object.entries(short).find(([name]) => name === mode)?.[1] ?? mode;
}

function SnapshotCell({ storageClass }: { storageClass: StorageClass }) {
  const t = useTranslations("clusters");
  const { snapshotClass } = storageClass;
  if (snapshotClass === undefined) return <span className="text-ink-faint">{t("unknown")}</span>;
  if (snapshotClass === null) {
    return <StatusBadge tone="neutral" icon="ban" label={t("no")} look="plain" className="text-xs" />;
  }
  return <span className="font-mono">{snapshotClass}</span>;
}

function Traits({ storageClass }: { storageClass: StorageClass }) {
  const t = useTranslations("clusters.storage");
  const traits = [
    ...(storageClass.allowVolumeExpansion ? [t("expands")] : []),
    ...(storageClass.volumeBindingMode === "WaitForFirstConsumer" ? [t("bindsLate")] : []),
    ...(storageClass.isVirtualizationDefault ? [t("clusterVirtDefault")] : []),
    ...(storageClass.isDefault ? [t("clusterDefault")] : []),
  ];
  return traits.length === 0 ? "–" : traits.join(" · ");
}

function DefaultCell({
  cluster,
  name,
  mayWrite,
}: {
  cluster: ClusterDetail;
  name: string;
  mayWrite: boolean;
}) {
  const t = useTranslations("clusters");
  if (cluster.defaultStorageClass === name) return <Badge tone="success">{t("storage.isDefault")}</Badge>;
  if (!mayWrite) return null;
  return (
    <ActionForm action={chooseStorageClassAction} successMessage={t("storage.chosen", { name })}>
      <HiddenInputs values={{ clusterId: cluster.id, storageClass: name }} />
      <SubmitButton variant="ghost" size="sm" className="-mx-2.5">
        {t("storage.choose")}
      </SubmitButton>
    </ActionForm>
  );
}
