import { useFormatter, useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { StatusBadge } from "@/components/ui/status-badge";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { ClusterDetail, StoredCapabilities } from "@/lib/clusters/schema";
import { ClusterCapacity } from "./cluster-capacity";

export function CapacityCard({ cluster }: { cluster: ClusterDetail }) {
  const t = useTranslations("clusters");
  const nodes = cluster.capabilities?.nodes ?? [];
  return (
    <Card title={t("capacity.title")} description={t("capacity.description")} flush={nodes.length > 0}>
      {nodes.length === 0 ? (
        <EmptyState icon="server" title={t("capacity.empty")}>
          {t("capacity.emptyDetail")}
        </EmptyState>
      ) : (
        <>
          {cluster.capacity && (
            <div className="border-b p-4">
              <ClusterCapacity capacity={cluster.capacity} />
            </div>
          )}
          <NodeTable nodes={nodes} />
        </>
      )}
    </Card>
  );
}

function NodeTable({ nodes }: { nodes: StoredCapabilities["nodes"] }) {
  const t = useTranslations("clusters");
  const { number } = useFormatter();
  return (
    <Table caption={t("nodes.title")}>
      <TableHead>
        <HeadCell>{t("nodes.name")}</HeadCell>
        <HeadCell>{t("nodes.state")}</HeadCell>
        <HeadCell className="sm:text-right">{t("nodes.cpu")}</HeadCell>
        <HeadCell className="sm:text-right">{t("nodes.memory")}</HeadCell>
      </TableHead>
      <TableBody>
        {nodes.map((node) => (
          <TableRow key={node.name}>
            <TableCell className="font-mono text-xs">{node.name}</TableCell>
            <TableCell label={t("nodes.state")}>
              <NodeState node={node} />
            </TableCell>
            <TableCell numeric label={t("nodes.cpu")}>
              {number(node.cpuCores, { maximumFractionDigits: 1 })}
            </TableCell>
            <TableCell numeric label={t("nodes.memory")}>
              {t("nodes.gibibytes", {
                size: number(node.memoryBytes / 1024 ** 3, { maximumFractionDigits: 1 }),
              })}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function NodeState({ node }: { node: StoredCapabilities["nodes"][number] }) {
  const t = useTranslations("clusters");
  if (!node.ready)
    return <StatusBadge tone="danger" icon="failed" label={t("nodes.notReady")} look="plain" />;
  if (!node.schedulable) {
    return <StatusBadge tone="warning" icon="ban" label={t("nodes.cordoned")} look="plain" />;
  }
  return <StatusBadge tone="success" icon="done" label={t("nodes.ready")} look="plain" />;
}
