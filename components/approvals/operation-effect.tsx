import { useTranslations } from "next-intl";
import type { RequestRow } from "@/lib/requests/schema";

type Operation = Pick<
  RequestRow,
  "eventType" | "resourceName" | "requesterName" | "systemName" | "access"
> & {
  /** How long a console is asked for, where that is known. */
  minutes?: number | null | undefined;
  /** The console's grant lets its holder restart the machine too. */
  coversRestart?: boolean | undefined;
};

const named = [
  ...["VM_START_REQUESTED", "VM_STOP_REQUESTED", "VM_RESTART_REQUESTED", "VM_DELETION_REQUESTED"],
  ...["VM_FORCE_STOP_REQUESTED", "VM_PAUSE_REQUESTED", "VM_RESUME_REQUESTED", "VM_SOFT_REBOOT_REQUESTED"],
  "VM_RESET_REQUESTED",
  ...["VM_MODIFICATION_REQUESTED", "VM_SNAPSHOT_REQUESTED", "VM_RESTORE_REQUESTED", "VM_CLONE_REQUESTED"],
  ...["VM_EXTENSION_REQUESTED", "VM_SCHEDULE_REQUESTED"],
];

/** What approving does, said before it is done. */
export function OperationEffect({ operation }: { operation: Operation }) {
  const t = useTranslations("approvals");
  const {
    eventType,
    resourceName,
    requesterName: requester,
    systemName: system,
    access,
    minutes,
    coversRestart = false,
  } = operation;
  const vm = resourceName ?? "";
  return <p className="max-w-prose text-sm text-ink-muted">{sentence()}</p>;

  function sentence() {
    if (access !== null) return t("decision.effect.access", { requester, system, ...access });
    if (eventType === "QUOTA_INCREASE_REQUESTED") return t("decision.effect.quota", { system, requester });
    if (named.includes(eventType)) return t(`decision.effect.${eventType}`, { vm, requester });
    if (eventType !== "VNC_ACCESS_REQUESTED") return t("decision.effect.other", { vm, requester });
    if (minutes == null) return t("decision.effect.console", { vm, requester });
    return coversRestart
      ? t("decision.effect.consoleAndRestart", { vm, requester, minutes })
      : t("decision.effect.consoleFor", { vm, requester, minutes });
  }
}
