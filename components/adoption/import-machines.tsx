"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { importVmsAction, previewImportAction } from "@/app/actions/adoption";
import type { CodedError } from "@/components/ui/action-result";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { showToast } from "@/components/ui/show-toast";
import { useErrorText } from "@/components/ui/use-error-text";
import {
  importMachinesMax,
  type MachineRow,
  type PlannedImport,
  type PreviewImport,
} from "@/lib/vms/adoption/schema";
import { ImportPlans } from "./import-plans";
import { MachineTable } from "./machine-table";
import { ServicePicker, type ServiceOption } from "./service-picker";

type ImportMachinesProps = {
  clusterId: string;
  machines: readonly MachineRow[];
  services: readonly ServiceOption[];
};

type Chosen = PreviewImport["machines"];

/** Choose, see what would be written, write it. What is chosen stays while the list is turned or filtered. */
export function ImportMachines({ clusterId, machines, services }: ImportMachinesProps) {
  const t = useTranslations("adoption.import");
  const errorText = useErrorText();
  const [chosen, setChosen] = useState<Chosen>([]);
  const [serviceId, setServiceId] = useState("");
  const { plans, failure, isAsking, preview, start, forget } = useImport({ clusterId, serviceId }, () =>
    setChosen([]),
  );

  function choose({ namespace, name }: MachineRow, isChosen: boolean) {
    const others = chosen.filter((one) => one.namespace !== namespace || one.name !== name);
    setChosen(isChosen ? [...others, { namespace, name }] : others);
    forget();
  }

  return (
    <div className="grid min-w-0 gap-5">
      <MachineTable
        machines={machines}
        isChosen={({ namespace, name }) =>
          chosen.some((one) => one.namespace === namespace && one.name === name)
        }
        onChoose={choose}
        isFull={chosen.length >= importMachinesMax}
      />
      <div className="grid items-end gap-3 rounded-lg border bg-surface p-4 sm:grid-cols-[minmax(0,1fr)_auto]">
        <ServicePicker
          services={services}
          value={serviceId}
          onChange={(id) => {
            setServiceId(id);
            forget();
          }}
        />
        <div className="flex flex-wrap items-center gap-3">
          <span role="status" className="text-sm text-ink-muted">
            {t("chosen", { count: chosen.length })} · {t("max", { max: importMachinesMax })}
          </span>
          <Button
            pending={isAsking}
            disabled={chosen.length === 0 || serviceId === ""}
            variant={plans === null ? "primary" : "secondary"}
            onClick={() => preview(chosen)}
          >
            {t(plans === null ? "preview" : "previewAgain")}
          </Button>
        </div>
      </div>
      {failure !== null && (
        <Callout tone="danger" role="alert">
          {errorText(failure)}
        </Callout>
      )}
      {plans !== null && <ImportPlans plans={plans} isStarting={isAsking} onStart={start} />}
    </div>
  );
}

function useImport(place: { clusterId: string; serviceId: string }, onStarted: () => void) {
  const t = useTranslations("adoption.import");
  const [plans, setPlans] = useState<PlannedImport[] | null>(null);
  const [failure, setFailure] = useState<CodedError | null>(null);
  const [isAsking, startAsking] = useTransition();

  function forget() {
    setPlans(null);
    setFailure(null);
  }

  function preview(machines: Chosen) {
    startAsking(async () => {
      const answer = await previewImportAction({ ...place, machines });
      setPlans(answer.ok ? answer.data.machines : null);
      setFailure(answer.ok ? null : answer);
    });
  }

  function start() {
    const machines = (plans ?? []).flatMap(({ result, namespace, name, uid, fingerprint, instance }) =>
      result !== "accepted" || uid === null || fingerprint === null
        ? []
        : [{ namespace, name, uid, fingerprint, instance }],
    );
    startAsking(async () => {
      const answer = await importVmsAction({ ...place, machines });
      setFailure(answer.ok ? null : answer);
      if (!answer.ok) return;
      setPlans(null);
      onStarted();
      showToast("success", t("started", { count: answer.data.imports.length }));
    });
  }

  return { plans, failure, isAsking, preview, start, forget };
}
