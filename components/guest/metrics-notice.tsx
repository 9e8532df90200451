import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import type { MetricsView } from "@/lib/vms/metrics/schema";

/** Why there is nothing to draw, and what can be done about it. */
export function MetricsNotice({ metrics }: { metrics: MetricsView }) {
  const t = useTranslations("guest.metrics.state");
  const { state, message, clusterId, source } = metrics;
  switch (state) {
    case "none":
      return (
        <EmptyState
          icon="gauge"
          title={t("none.title")}
          className="py-6"
          action={
            clusterId !== null && (
              <LinkButton size="sm" href={`/admin/clusters/${clusterId}?tab=connection`}>
                {t("none.action")}
              </LinkButton>
            )
          }
        >
          {t(clusterId === null ? "none.detail" : "none.adminDetail")}
        </EmptyState>
      );
    case "empty":
      return (
        <EmptyState icon="gauge" title={t("empty.title")} className="py-6">
          {t(source === "metrics_api" ? "empty.soon" : "empty.detail")}
        </EmptyState>
      );
    case "stopped":
      return (
        <EmptyState icon="stopped" title={t("stopped.title")} className="py-6">
          {t("stopped.detail")}
        </EmptyState>
      );
    case "denied":
    case "unreachable":
      return (
        <Callout tone="warning" title={t(`${state}.title`)}>
          <p>{t(`${state}.detail`)}</p>
          {message !== null && <p className="mt-1 font-mono text-xs break-words">{message}</p>}
        </Callout>
      );
    default:
      return null;
  }
}
