import { useTranslations } from "next-intl";
import { momentTag } from "@/components/requests/moment";
import { Callout } from "@/components/ui/callout";
import type { RequestDetail } from "@/lib/requests/schema";

type AskedCalloutProps = { request: Pick<RequestDetail, "infoRequestedAt" | "requesterName"> };

/** Somebody wants to know more first; whoever decides may still decide. */
export function AskedCallout({ request: { infoRequestedAt, requesterName } }: AskedCalloutProps) {
  const t = useTranslations("approvals");
  if (infoRequestedAt === null) return null;
  return (
    <Callout
      tone="info"
      title={t.rich("asked.waits", { requester: requesterName, time: momentTag(infoRequestedAt) })}
    >
      {t("asked.waitsAdvice")}
    </Callout>
  );
}
