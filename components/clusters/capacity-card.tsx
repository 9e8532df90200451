import { useFormatter, useTranslations } from "next-intl";
import { CapacityBar } from "@/components/ui/capacity-bar";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import type { ClusterCapacity } from "@/lib/clusters/capacity/schema";
import { AmountsBar } from "./amounts-bar";
import { PartAge } from "./part-age";

/** The whole cluster's room. */
export function CapacityCard({ capacity }: { capacity: ClusterCapacity }) {
  const t = useTranslations("clusters");
  if (capacity.nodeCount === 0) {
    return (
      <Card title={t("capacity.title")}>
        <EmptyState icon="server" title={t("capacity.empty")}>
          {t("capacity.emptyDetail")}
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card
      title={t("capacity.title")}
      description={t("capacity.description")}
      actions={<PartAge at={capacity.usedAt ?? undefined} />}
      footer={t(capacity.usedAt === null ? "capacity.unread" : "capacity.legend")}
    >
      <div className="grid gap-4">
        <AmountsBar kind="cpu" amounts={capacity.cpuCores} />
        <AmountsBar kind="memory" amounts={capacity.memoryGi} />
        {capacity.devices.map((device) => (
          <DeviceBar key={device.resource} device={device} />
        ))}
        {capacity.instances !== null && (
          <p className="text-xs text-ink-muted">{t("capacity.instances", { count: capacity.instances })}</p>
        )}
      </div>
    </Card>
  );
}

function DeviceBar({ device }: { device: ClusterCapacity["devices"][number] }) {
  const t = useTranslations("clusters.capacity");
  const { number } = useFormatter();
  const { resource, total, used, permitted } = device;
  const free = number(Math.max(0, total - (used ?? 0)));
  return (
    <CapacityBar
      label={
        <span className="font-mono text-2xs break-all">
          {resource}
          {!permitted && ` · ${t("notPermitted")}`}
        </span>
      }
      used={used ?? 0}
      total={total}
      summary={t("devices", { used: used === null ? "–" : number(used), total: number(total), free })}
    />
  );
}
