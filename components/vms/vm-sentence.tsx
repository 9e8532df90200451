import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { VmDetail } from "@/lib/vms/schema";
import { ImportProgress } from "./import-progress";
import { toneOfVm } from "./vm-status";

/** What the VM is doing in one sentence, and the cluster's own words below it where something is stuck. */
export function VmSentence({ vm }: { vm: VmDetail }) {
  const t = useTranslations("vms");
  const words = vm.activeOperation?.errorMessage ?? vm.statusMessage;
  return (
    <Callout tone={toneOfVm(vm.status)} role="status">
      <p>
        {t(`sentence.${vm.status}`)}{" "}
        <span className="whitespace-nowrap text-ink-muted">
          · <TimeAgo at={vm.statusSince} />
        </span>
      </p>
      {words && (
        <p className="mt-1 font-mono text-xs break-words text-ink-muted">
          {vm.clusterStatus && `${vm.clusterStatus}: `}
          {words}
        </p>
      )}
      <ImportProgress progress={vm.importProgress} />
      {vm.restartRequired && <p className="mt-1">{t("detail.restartRequired")}</p>}
      {vm.activeOperation?.ticketId && (
        <p className="mt-1">
          <TextLink href={`/requests/${vm.activeOperation.ticketId}`}>{t("activity.openRequest")}</TextLink>
        </p>
      )}
    </Callout>
  );
}
