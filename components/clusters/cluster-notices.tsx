import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { StaleBanner } from "@/components/ui/stale-banner";
import type { ClusterDetail } from "@/lib/clusters/schema";

/** What is wrong and what to do about it, above everything else. */
export function ClusterNotices({ cluster }: { cluster: ClusterDetail }) {
  const t = useTranslations("clusters");
  const heard = lastHeard(cluster);
  return (
    <div className="grid gap-2 empty:hidden">
      {cluster.enabled && cluster.status === "UNKNOWN" && (
        <Callout tone="info" role="status" title={t("notice.firstLook")}>
          {t("notice.firstLookDetail")}
        </Callout>
      )}
      {cluster.enabled && cluster.statusReason !== null && <Trouble cluster={cluster} />}
      {cluster.maintenance && <Callout tone="warning" title={t("notice.maintenance")} />}
      {!cluster.enabled && <Callout tone="neutral" title={t("notice.disabled")} />}
      {cluster.policySummary === "MISSING" && <Callout tone="danger" title={t("notice.noPolicy")} />}
      {refusesItsDefault(cluster) && (
        <Callout
          tone="warning"
          title={t("notice.defaultRefused", { name: cluster.defaultStorageClass ?? "" })}
        />
      )}
      <HaltedList cluster={cluster} />
      {cluster.sync === "stale" && heard !== null && (
        <StaleBanner asOf={heard}>{t("notice.stale")}</StaleBanner>
      )}
    </div>
  );
}

function Trouble({ cluster }: { cluster: ClusterDetail }) {
  const t = useTranslations("clusters");
  const reason = cluster.statusReason ?? "";
  const known = t.has(`reason.${reason}.title`);
  return (
    <Callout
      tone={cluster.status === "UNREACHABLE" ? "danger" : "warning"}
      role="status"
      title={known ? t(`reason.${reason}.title`) : reason}
    >
      {known && <p>{t(`reason.${reason}.remedy`)}</p>}
      {cluster.statusMessage !== null && (
        <p className="mt-1 font-mono text-xs break-words">{cluster.statusMessage}</p>
      )}
      {cluster.breakerOpenUntil !== null && (
        <p className="mt-1">{t("notice.breaker", { count: cluster.consecutiveFailures })}</p>
      )}
    </Callout>
  );
}

function HaltedList({ cluster }: { cluster: ClusterDetail }) {
  const t = useTranslations("clusters");
  const halted = cluster.reflectors.find(({ error }) => error?.startsWith("list_halted: "));
  const [missing, known] = halted?.error?.replace("list_halted: ", "").split("/") ?? [];
  if (missing === undefined || known === undefined) return null;
  return (
    <Callout tone="danger" title={t("notice.halted", { missing, known })}>
      {t("notice.haltedDetail")}
    </Callout>
  );
}

function refusesItsDefault({ policy, defaultStorageClass }: ClusterDetail): boolean {
  const allowed = policy?.allowedStorageClasses ?? [];
  return defaultStorageClass !== null && allowed.length > 0 && !allowed.includes(defaultStorageClass);
}

function lastHeard(cluster: ClusterDetail): Date | null {
  const times = cluster.reflectors.flatMap(({ lastEventAt }) => lastEventAt ?? []);
  return times.length === 0 ? null : new Date(Math.min(...times.map((time) => time.getTime())));
}
