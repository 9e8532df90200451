"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { deleteVmsAction, modifyVmsAction } from "@/app/actions/batches";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RefusedButton } from "@/components/ui/refused-button";
import type { VmState } from "@/lib/vms/machine";
import { fittingOf } from "@/lib/vms/power/rules";
import { AskForMany } from "./ask-for-many";
import { NamesToType } from "./names-to-type";
import { PowerMany } from "./power-many";
import { PowerMore } from "./power-more";

export interface ChoosableVm {
  id: string;
  name: string;
  status: VmState;
}

const powers = ["start", "stop", "restart"] as const;
const changeMax = 10;

type BulkBarProps = { vms: readonly ChoosableVm[]; onClear: () => void };

/** Stands at the lower edge while machines are chosen: what can be asked of all of them at once. */
export function BulkBar({ vms, onClear }: BulkBarProps) {
  const t = useTranslations("batches");
  const actionNames = useTranslations("power");
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
        <PowerMany
          key={power}
          action={power}
          trigger={<Button>{actionNames(`action.${power}`)}</Button>}
          {...common}
        />
      ))}
      <PowerMore {...common} />
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
      note={<UnfitNote vms={vms} />}
      isReady={isTyped}
    >
      <NamesToType names={vms.map(({ name }) => name)} onTyped={setIsTyped} />
    </AskForMany>
  );
}

/** Names were typed for all of them, so it is all or none. */
function UnfitNote({ vms }: { vms: readonly ChoosableVm[] }) {
  const t = useTranslations("batches");
  const { others } = fittingOf(vms, "DELETE_VM");
  const count = others.reduce((sum, other) => sum + other.count, 0);
  return count > 0 && <Callout tone="warning">{t("bar.unfit", { count })}</Callout>;
}
