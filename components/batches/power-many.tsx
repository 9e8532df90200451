"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { operateVmsAction } from "@/app/actions/batches";
import { Callout } from "@/components/ui/callout";
import { RefusedButton } from "@/components/ui/refused-button";
import { fittingOf, operationOf, type VmAction } from "@/lib/vms/power/rules";
import { AskForMany } from "./ask-for-many";
import type { ChoosableVm } from "./bulk-bar";

export type ManyAction = Exclude<VmAction, "console" | "delete">;

const powerMax = 50;
const harmless: readonly ManyAction[] = ["start", "pause", "resume"];

type PowerManyProps = {
  action: ManyAction;
  vms: readonly ChoosableVm[];
  requestId: string;
  trigger?: ReactNode;
  onClose?: (() => void) | undefined;
};

/** Asks for it of those that can, and says which cannot and why. */
export function PowerMany({ action, vms, requestId, trigger, onClose }: PowerManyProps) {
  const t = useTranslations("power");
  const refusal = useManyRefusal(vms)(action);
  const { fitting } = fittingOf(vms, operationOf[action]);
  const label = t(`action.${action}`);
  if (refusal !== null) return trigger && <RefusedButton reason={refusal}>{label}</RefusedButton>;
  return (
    <AskForMany
      trigger={trigger}
      onClose={onClose}
      title={t("bulk.title", { action: label, count: fitting.length })}
      description={t("bulk.text")}
      confirmLabel={label}
      tone={harmless.includes(action) ? "primary" : "danger"}
      action={operateVmsAction}
      hidden={{ operation: operationOf[action], requestId: `${requestId}-${action}` }}
      vms={fitting}
      note={<FittingNote action={action} vms={vms} />}
    />
  );
}

function FittingNote({ action, vms }: Pick<PowerManyProps, "action" | "vms">) {
  const t = useTranslations("power");
  const othersText = useOthersText();
  const { fitting, others } = fittingOf(vms, operationOf[action]);
  return (
    <>
      {others.length > 0 && (
        <Callout tone="info" title={t("bulk.fits", { fitting: fitting.length, count: vms.length })}>
          {othersText(others)}
        </Callout>
      )}
      {(action === "forceStop" || action === "reset") && <Callout tone="warning">{t("unsaved")}</Callout>}
    </>
  );
}

type Others = ReturnType<typeof fittingOf>["others"];

function useOthersText() {
  const t = useTranslations("power");
  const states = useTranslations("vms.status");
  return (others: Others) =>
    others.map(({ status, count }) => t("bulk.others", { count, status: states(status) })).join(" · ");
}

/** Why none of them could, in words; null where some can. */
export function useManyRefusal(vms: readonly ChoosableVm[]) {
  const t = useTranslations("power");
  const batches = useTranslations("batches");
  const othersText = useOthersText();
  return (action: ManyAction): string | null => {
    const { fitting, others } = fittingOf(vms, operationOf[action]);
    if (fitting.length > powerMax) return batches("bar.tooMany", { maximum: powerMax });
    return fitting.length === 0 ? t("bulk.none", { others: othersText(others) }) : null;
  };
}
