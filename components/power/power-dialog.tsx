"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import {
  forceStopVmAction,
  pauseVmAction,
  rebootVmAction,
  resetVmAction,
  restartVmAction,
  resumeVmAction,
  startVmAction,
  stopVmAction,
} from "@/app/actions/vms";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Callout } from "@/components/ui/callout";
import type { VmAction } from "@/lib/vms/power/rules";
import { DeleteForm } from "./delete-form";
import { PowerForm } from "./power-form";

export type DialogAction = Exclude<VmAction, "console">;
type PowerAction = Exclude<DialogAction, "delete">;

const actionOf = {
  start: startVmAction,
  stop: stopVmAction,
  restart: restartVmAction,
  pause: pauseVmAction,
  resume: resumeVmAction,
  softReboot: rebootVmAction,
  reset: resetVmAction,
  forceStop: forceStopVmAction,
} satisfies Record<PowerAction, unknown>;

const harmless: readonly DialogAction[] = ["start", "pause", "resume"];
/** What the guest is not asked about. */
const violent: readonly DialogAction[] = ["reset", "forceStop"];

type PowerDialogProps = {
  action: DialogAction;
  vm: { id: string; name: string };
  trigger?: ReactNode;
  /** Without a trigger it stands open until it is closed. */
  onClose?: (() => void) | undefined;
};

/** Says what will happen to the machine and asks when; nothing is done by opening it. */
export function PowerDialog({ action, vm, trigger, onClose }: PowerDialogProps) {
  const t = useTranslations("power");
  return (
    <AlertDialog
      trigger={trigger}
      open={trigger === undefined ? true : undefined}
      onOpenChange={(isOpen) => !isOpen && onClose?.()}
      title={t(`title.${action}`, { name: vm.name })}
      description={t(`text.${action}`)}
    >
      {violent.includes(action) && <Callout tone="warning">{t("unsaved")}</Callout>}
      {action === "delete" ? (
        <DeleteForm vm={vm} />
      ) : (
        <PowerForm
          action={actionOf[action]}
          vmId={vm.id}
          confirmLabel={t(`action.${action}`)}
          tone={harmless.includes(action) ? "primary" : "danger"}
        />
      )}
    </AlertDialog>
  );
}
