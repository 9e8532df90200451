import { Siren } from "lucide-react";
import { useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { OwnEmergency } from "@/lib/requests/emergencies/queries";
import { EndEmergency } from "./end-emergency";

/** On every page of whoever acts without approval, until it ends. */
export function EmergencyBanner({ id, systemName, environment, endsAt }: OwnEmergency) {
  const t = useTranslations("emergencies");
  return (
    <section
      aria-label={t("banner.label")}
      className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-danger-line bg-danger-soft px-3 py-2 text-sm"
    >
      <Siren aria-hidden className="size-4 shrink-0 text-danger" strokeWidth={2} />
      <p className="min-w-0 flex-1 basis-56">
        {t.rich("banner.text", {
          system: systemName,
          environment,
          strong: (chunks) => <strong>{chunks}</strong>,
        })}
        {" · "}
        {t.rich("banner.ends", { time: () => <TimeAgo at={endsAt} /> })}
      </p>
      <TextLink href={`/emergencies/${id}`}>{t("banner.open")}</TextLink>
      <EndEmergency emergencyId={id} label={t("detail.end")} endedMessage={t("detail.ended_toast")} />
    </section>
  );
}
