import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Copyable } from "@/components/ui/copyable";
import { StatusBadge } from "@/components/ui/status-badge";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { NamespaceRow } from "@/lib/clusters/schema";
import { EditNamespace, RemoveNamespace } from "./namespace-actions";

export function NamespaceTable({ namespaces, mayWrite }: { namespaces: NamespaceRow[]; mayWrite: boolean }) {
  const t = useTranslations("clusters");
  return (
    <Table caption={t("namespaces.title")}>
      <TableHead>
        <HeadCell>{t("fields.name")}</HeadCell>
        <HeadCell>{t("fields.environment")}</HeadCell>
        <HeadCell>{t("namespaces.state")}</HeadCell>
        <HeadCell className="w-full">{t("namespaces.description")}</HeadCell>
        <HeadCell>{t("namespaces.created")}</HeadCell>
        {mayWrite && (
          <HeadCell>
            <span className="sr-only">{t("namespaces.actions")}</span>
          </HeadCell>
        )}
      </TableHead>
      <TableBody>
        {namespaces.map((namespace) => (
          <TableRow key={namespace.id}>
            <TableCell className="font-medium">
              <Copyable text={namespace.name} />
            </TableCell>
            <TableCell label={t("fields.environment")}>
              <Badge>{namespace.environment}</Badge>
            </TableCell>
            <TableCell label={t("namespaces.state")}>
              <NamespaceState enabled={namespace.enabled} />
            </TableCell>
            <TableCell
              label={t("namespaces.description")}
              className="max-w-xl text-ink-muted sm:whitespace-normal"
            >
              {namespace.description}
            </TableCell>
            <TableCell label={t("namespaces.created")} className="text-ink-muted">
              <TimeAgo at={namespace.createdAt} />
            </TableCell>
            {mayWrite && (
              <TableCell>
                <span className="flex gap-1 sm:justify-end">
                  <EditNamespace namespace={namespace} />
                  <RemoveNamespace namespace={namespace} />
                </span>
              </TableCell>
            )}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function NamespaceState({ enabled }: { enabled: boolean }) {
  const t = useTranslations("clusters");
  return enabled ? (
    <StatusBadge tone="success" icon="done" label={t("namespaces.open")} look="plain" />
  ) : (
    <StatusBadge tone="neutral" icon="ban" label={t("namespaces.closed")} look="plain" />
  );
}
