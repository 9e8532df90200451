"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { deleteVmsAction, modifyVmsAction, operateVmsAction } from "@/app/actions/batches";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RefusedButton } from "@/components/ui/refused-button";
import { canMove } from "@/lib/core/state-machine";
import { vmMachine, type VmMove, type VmState } from "@/lib/vms/machine";
import { AskForMany } from "./ask-for-many";
import { NamesToType } from "./names-to-type";

export interface ChoosableVm {
  id: string;
  name: string;
  status: VmState;
}

const powers = ["start", "stop", "restart"] as const;
type Power = (typeof powers)[number];
const operationOf = { start: "START_VM", stop: "STOP_VM", restart: "RESTART_VM" } as const;
const powerMax = 50;
const changeMax = 10;

type BulkBarProps = { vms: readonly ChoosableVm[]; onClear: () => void };

/** Stands at the lower edge while machines are chosen: what can be asked of all of them at once. */
export function BulkBar({ vms, onClear }: BulkBarProps) {
  const t = useTranslations("batches");
  // One name for each choice: a lost answer is asked for again under the same one, and nothing is done twice.
  const [requestId] = useState(randomName);
  const common = { vms, requestId };
  return (
    <section
      aria-label={t("bar.label")}
      className="sticky bottom-3 z-10 flex flex-wrap items-center gap-2 rounded-lg border bg-raised px-4 py-2.5 shadow-raised"
    >
      <p role="status" className="mr-auto text-sm font-medium tabular-nums">
        {t("bar.chosen", { count: vms.length })}
      </p>
      <Button variant="ghost" onClick={onClear}>
        {t("bar.clear")}
      </Button>
      {powers.map((power) => (
        <PowerMany key={power} power={power} {...common} />
      ))}
      <ModifyMany {...common} />
      <DeleteMany {...common} />
    </section>
  );
}

/** Without randomUUID, which browsers have on secure pages alone. */
function randomName(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

type ManyProps = { vms: readonly ChoosableVm[]; requestId: string };

function unfit(vms: readonly ChoosableVm[], move: VmMove): number {
  return vms.filter(({ status }) => !canMove(vmMachine, status, move)).length;
}

function PowerMany({ power, vms, requestId }: ManyProps & { power: Power }) {
  const t = useTranslations("batches");
  if (vms.length > powerMax)
    return (
      <RefusedButton reason={t("bar.tooMany", { maximum: powerMax })}>{t(`bar.${power}`)}</RefusedButton>
    );
  return (
    <AskForMany
      trigger={<Button>{t(`bar.${power}`)}</Button>}
      title={t(`bar.${power}Title`, { count: vms.length })}
      description={t("bar.powerText")}
      confirmLabel={t(`bar.${power}`)}
      tone={power === "start" ? "primary" : "danger"}
      action={operateVmsAction}
      hidden={{ operation: operationOf[power], requestId: `${requestId}-${power}` }}
      vms={vms}
      unfit={unfit(vms, power)}
    />
  );
}

const amounts = ["cpuCores", "memoryGi"] as const;

function ModifyMany({ vms, requestId }: ManyProps) {
  const t = useTranslations("batches");
  if (vms.length > changeMax)
    return <RefusedButton reason={t("bar.tooMany", { maximum: changeMax })}>{t("bar.modify")}</RefusedButton>;
  return (
    <AskForMany
      trigger={<Button>{t("bar.modify")}</Button>}
      title={t("bar.modifyTitle", { count: vms.length })}
      description={t("bar.modifyText")}
      confirmLabel={t("bar.modifyConfirm")}
      tone="primary"
      action={modifyVmsAction}
      hidden={{ requestId: `${requestId}-modify` }}
      vms={vms}
      unfit={0}
      needsReason
      visibleFields={amounts}
    >
      <div className="grid gap-3 sm:grid-cols-2">
        {amounts.map((name) => (
          <Field key={name} name={name} label={t(`bar.${name}`)} hint={t("bar.asItIs")}>
            <Input type="number" inputMode="decimal" min={0.5} max={512} step={0.5} />
          </Field>
        ))}
      </div>
    </AskForMany>
  );
}

function DeleteMany({ vms, requestId }: ManyProps) {
  const t = useTranslations("batches");
  const [isTyped, setIsTyped] = useState(false);
  if (vms.length > changeMax)
    return <RefusedButton reason={t("bar.tooMany", { maximum: changeMax })}>{t("bar.delete")}</RefusedButton>;
  return (
    <AskForMany
      trigger={<Button variant="danger-quiet">{t("bar.delete")}</Button>}
      title={t("bar.deleteTitle", { count: vms.length })}
      description={t("bar.deleteText")}
      confirmLabel={t("bar.delete")}
      tone="danger"
      action={deleteVmsAction}
      hidden={{ requestId: `${requestId}-delete` }}
      vms={vms}
      unfit={unfit(vms, "delete")}
      isReady={isTyped}
    >
      <NamesToType names={vms.map(({ name }) => name)} onTyped={setIsTyped} />
    </AskForMany>
  );
}
