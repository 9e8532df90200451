import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { LinkButton } from "@/components/ui/link-button";
import type { ModifyContext } from "@/lib/requests/modification/schema";

/** Why the machine cannot be changed now, and where to look. */
export function ModifyRefused({ context }: { context: ModifyContext }) {
  const t = useTranslations("modification");
  const states = useTranslations("vms");
  const { pendingTicketId, vm } = context;
  if (pendingTicketId !== null)
    return (
      <Callout
        tone="warning"
        title={t("form.pending")}
        actions={
          <LinkButton href={`/requests/${pendingTicketId}`} size="sm">
            {t("form.pendingOpen")}
          </LinkButton>
        }
      >
        {t("form.pendingText")}
      </Callout>
    );
  return <Callout tone="warning">{t("form.wrongState", { state: states(`status.${vm.status}`) })}</Callout>;
}
