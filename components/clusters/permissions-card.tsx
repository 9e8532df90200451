import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { ClusterDetail } from "@/lib/clusters/schema";

/** What the account in the kubeconfig lacks, and the manifest that grants it. */
export function PermissionsCard({ cluster, manifest }: { cluster: ClusterDetail; manifest: string }) {
  const t = useTranslations("clusters");
  if (cluster.missingPermissions.length === 0) return null;
  return (
    <Card title={t("permissions.title")} description={t("permissions.description")} flush>
      <Table caption={t("permissions.title")}>
        <TableHead>
          <HeadCell>{t("permissions.verb")}</HeadCell>
          <HeadCell>{t("permissions.resource")}</HeadCell>
          <HeadCell>{t("permissions.purpose")}</HeadCell>
        </TableHead>
        <TableBody>
          {cluster.missingPermissions.map(({ apiGroup, resource, verb, purpose }) => (
            <TableRow key={`${verb} ${apiGroup}/${resource}`}>
              <TableCell className="font-mono text-xs">{verb}</TableCell>
              <TableCell label={t("permissions.resource")} className="font-mono text-xs">
                {apiGroup === "" ? resource : `${resource}.${apiGroup}`}
              </TableCell>
              <TableCell label={t("permissions.purpose")} className="text-ink-muted">
                {t.has(`purpose.${purpose}`) ? t(`purpose.${purpose}`) : purpose}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <div className="border-t p-4">
        <CodeBlock code={manifest} title={t("permissions.manifest")} maxHeight="short" />
      </div>
    </Card>
  );
}
