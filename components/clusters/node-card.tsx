import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { FilterBar } from "@/components/ui/filter-bar";
import { KeyValue } from "@/components/ui/key-value";
import { StatusBadge } from "@/components/ui/status-badge";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { ClusterCapacity, NodeCapacity } from "@/lib/clusters/capacity/schema";
import { AmountsBar } from "./amounts-bar";
import { PartAge } from "./part-age";

/** Node by node, the fullest first. */
export function NodeCard({ capacity, readAt }: { capacity: ClusterCapacity; readAt: Date | undefined }) {
  const t = useTranslations("clusters.nodes");
  const { nodes, nodeCount, matchCount } = capacity;
  if (nodeCount === 0) return null;
  return (
    <Card
      title={t("title")}
      description={t("shown", { shown: nodes.length, matching: matchCount, total: nodeCount })}
      actions={<PartAge at={readAt} />}
      flush
    >
      <div className="border-b p-3">
        <FilterBar search={{ name: "q", label: t("search") }} keep={["tab"]} />
      </div>
      {nodes.length === 0 ? (
        <p className="p-4 text-sm text-ink-muted">{t("noMatch")}</p>
      ) : (
        <NodeTable nodes={nodes} />
      )}
    </Card>
  );
}

function NodeTable({ nodes }: { nodes: NodeCapacity[] }) {
  const t = useTranslations("clusters.nodes");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell>{t("name")}</HeadCell>
        <HeadCell>{t("state")}</HeadCell>
        <HeadCell className="sm:text-right">{t("machines")}</HeadCell>
        <HeadCell>{t("cpu")}</HeadCell>
        <HeadCell>{t("memory")}</HeadCell>
        <HeadCell>{t("devices")}</HeadCell>
      </TableHead>
      <TableBody>
        {nodes.map((node) => (
          <TableRow key={node.name}>
            <TableCell className="py-2 font-mono text-xs break-all">{node.name}</TableCell>
            <TableCell label={t("state")}>
              <NodeState node={node} />
            </TableCell>
            <TableCell numeric label={t("machines")}>
              {node.instances ?? "–"}
            </TableCell>
            <TableCell label={t("cpu")} className="py-2 sm:min-w-56">
              <AmountsBar kind="cpu" amounts={node.cpuCores} dense />
            </TableCell>
            <TableCell label={t("memory")} className="py-2 sm:min-w-56">
              <AmountsBar kind="memory" amounts={node.memoryGi} dense />
            </TableCell>
            <TableCell label={t("devices")} className="py-2">
              <NodeExtras node={node} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function NodeExtras({ node }: { node: NodeCapacity }) {
  const t = useTranslations("clusters");
  return (
    <span className="flex max-w-md flex-wrap gap-1">
      {node.devices.map(({ resource, used, total, permitted }) => (
        <KeyValue
          key={resource}
          name={resource}
          value={permitted ? `${used ?? "–"} / ${total}` : t("capabilities.notPermitted")}
        />
      ))}
      {node.hugepages.map(({ size, gibibytes }) => (
        <KeyValue key={size} name={size} value={t("nodes.gibibytes", { size: gibibytes })} />
      ))}
      {node.cpuManager === true && <KeyValue name={t("nodes.cpuManager")} value={t("yes")} />}
    </span>
  );
}

function NodeState({ node }: { node: NodeCapacity }) {
  const t = useTranslations("clusters.nodes");
  if (!node.ready) return <StatusBadge tone="danger" icon="failed" label={t("notReady")} look="plain" />;
  if (!node.schedulable) return <StatusBadge tone="warning" icon="ban" label={t("cordoned")} look="plain" />;
  return <StatusBadge tone="success" icon="done" label={t("ready")} look="plain" />;
}
