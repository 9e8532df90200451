import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import type { AdoptionDetail } from "@/lib/vms/adoption/schema";
import { ObstacleNote } from "./obstacle-note";

/** Everything to know before deciding, most pressing first. */
export function AdoptionWarnings({ adoption }: { adoption: AdoptionDetail }) {
  const t = useTranslations("adoption");
  if (adoption.status !== "PENDING") return null;
  const forbidden = adoption.machine?.forbidden ?? [];
  const rule = `${adoption.namespace}-${adoption.systemName}-${adoption.serviceName}-NN`;
  return (
    <div className="grid gap-3">
      {adoption.machine === null && <Callout role="status">{t("detail.unread")}</Callout>}
      {adoption.obstacle !== null && <ObstacleNote obstacle={adoption.obstacle} />}
      {forbidden.length > 0 && (
        <Callout tone="warning" title={t("warning.forbiddenTitle", { count: forbidden.length })}>
          <p>{t("warning.forbiddenDetail")}</p>
          <ForbiddenList fields={forbidden} />
        </Callout>
      )}
      <Callout tone={adoption.kind === "foreign" ? "warning" : "info"} title={t(`kind.${adoption.kind}`)}>
        {t(`kindDetail.${adoption.kind}`)}
      </Callout>
      {!adoption.followsNameRule && <Callout tone="neutral">{t("warning.name", { rule })}</Callout>}
    </div>
  );
}

const shownMax = 12;

function ForbiddenList({ fields }: { fields: { path: string; reason: string }[] }) {
  const t = useTranslations("adoption");
  return (
    <ul className="mt-1 grid gap-1 text-xs">
      {fields.slice(0, shownMax).map(({ path, reason }) => (
        <li key={path}>
          <code className="font-mono break-all text-ink">{path}</code>{" "}
          {t.has(`forbidden.${reason}`) ? t(`forbidden.${reason}`) : reason}
        </li>
      ))}
      {fields.length > shownMax && <li>+ {fields.length - shownMax}</li>}
    </ul>
  );
}
