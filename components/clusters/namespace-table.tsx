import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { StatusBadge } from "@/components/ui/status-badge";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { NamespaceRow } from "@/lib/clusters/schema";

export function NamespaceTable({ namespaces }: { namespaces: NamespaceRow[] }) {
  const t = useTranslations("clusters");
  return (
    <Table caption={t("namespaces.title")}>
      <TableHead>
        <HeadCell>{t("fields.name")}</HeadCell>
        <HeadCell>{t("fields.environment")}</HeadCell>
        <HeadCell>{t("namespaces.state")}</HeadCell>
        <HeadCell className="sm:text-right">{t("namespaces.machines")}</HeadCell>
        <HeadCell>{t("owner.label")}</HeadCell>
        <HeadCell className="w-full">{t("namespaces.description")}</HeadCell>
        <HeadCell>{t("namespaces.created")}</HeadCell>
      </TableHead>
      <TableBody>
        {namespaces.map((namespace) => (
          <TableRow key={namespace.id}>
            <TableCell>
              <RowLink href={`/admin/namespaces/${namespace.id}`} className="font-mono text-[0.92em]">
                {namespace.name}
              </RowLink>
            </TableCell>
            <TableCell label={t("fields.environment")}>
              <Badge>{namespace.environment}</Badge>
            </TableCell>
            <TableCell label={t("namespaces.state")}>
              <NamespaceOpenness enabled={namespace.enabled} />
            </TableCell>
            <TableCell numeric label={t("namespaces.machines")}>
              {namespace.vmCount ?? "–"}
            </TableCell>
            <TableCell label={t("owner.label")}>
              {namespace.ownerName ?? <span className="text-ink-faint">{t("owner.nobodyYet")}</span>}
            </TableCell>
            <TableCell
              label={t("namespaces.description")}
              className="max-w-xl text-ink-muted sm:whitespace-normal"
            >
              {namespace.description || "–"}
            </TableCell>
            <TableCell label={t("namespaces.created")} className="relative z-1 text-ink-muted">
              <TimeAgo at={namespace.createdAt} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

export function NamespaceOpenness({ enabled }: { enabled: boolean }) {
  const t = useTranslations("clusters");
  return enabled ? (
    <StatusBadge tone="success" icon="done" label={t("namespaces.open")} look="plain" />
  ) : (
    <StatusBadge tone="neutral" icon="ban" label={t("namespaces.closed")} look="plain" />
  );
}
