import { useTranslations } from "next-intl";
import { VmExplanation } from "@/components/explanation/vm-explanation";
import { Callout } from "@/components/ui/callout";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { Explanation } from "@/lib/vms/explanation/schema";
import type { VmDetail } from "@/lib/vms/schema";
import { ImportProgress } from "./import-progress";
import { toneOfVm } from "./vm-status";

/** What the machine is doing in one sentence; where something is to be explained, why and what helps. */
export function VmSentence({ vm, explanation }: { vm: VmDetail; explanation: Explanation | null }) {
  const t = useTranslations("vms");
  const ticketId = vm.activeOperation?.ticketId;
  return (
    <>
      <Callout tone={explanation === null ? toneOfVm(vm.status) : "neutral"} role="status">
        <p>
          {t(`sentence.${vm.status}`)}{" "}
          <span className="whitespace-nowrap text-ink-muted">
            · <TimeAgo at={vm.statusSince} />
          </span>
        </p>
        <ImportProgress progress={vm.importProgress} />
        {ticketId && (
          <p className="mt-1">
            <TextLink href={`/requests/${ticketId}`}>{t("detail.openRequest")}</TextLink>
          </p>
        )}
      </Callout>
      <VmExplanation explanation={explanation} />
    </>
  );
}
