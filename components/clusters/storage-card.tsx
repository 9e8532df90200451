import { useTranslations } from "next-intl";
import { chooseStorageClassAction } from "@/app/actions/clusters";
import { ActionForm } from "@/components/ui/action-form";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { ClusterDetail, StorageClass } from "@/lib/clusters/schema";

export function StorageCard({ cluster, mayWrite }: { cluster: ClusterDetail; mayWrite: boolean }) {
  const t = useTranslations("clusters");
  const { storageClasses } = cluster;
  return (
    <Card title={t("storage.title")} description={t("storage.description")} flush={storageClasses.length > 0}>
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

function modesOf({ accessModes = [], volumeMode }: StorageClass): string {
  return [...accessModes, ...(volumeMode ? [volumeMode] : [])].join(" · ");
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
