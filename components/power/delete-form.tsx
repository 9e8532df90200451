"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { deleteVmAction } from "@/app/actions/vms";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PowerForm } from "./power-form";

/** The button wakes once the name is typed. */
export function DeleteForm({ vm }: { vm: { id: string; name: string } }) {
  const t = useTranslations("power");
  const [typed, setTyped] = useState("");
  return (
    <PowerForm
      action={deleteVmAction}
      vmId={vm.id}
      confirmLabel={t("action.delete")}
      tone="danger"
      isReady={typed === vm.name}
      visibleFields={["confirmName"]}
    >
      <Field
        name="confirmName"
        label={t.rich("typeName", {
          name: vm.name,
          code: (chunks) => (
            <code className="font-mono font-medium break-all text-danger select-all">{chunks}</code>
          ),
        })}
      >
        <Input
          mono
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
        />
      </Field>
    </PowerForm>
  );
}
