import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { RequestDetail } from "@/lib/requests/schema";
import { askableRoles, accessPeriods } from "@/lib/vocabulary/askable-roles";

export type Wish = Record<string, unknown>;
type Named = { id: string; displayName: string };
export type Catalogue = { templates: readonly Named[]; sizes: readonly Named[] };

const amounts = [
  { name: "targetCpuCores", label: "cpu", step: 0.5 },
  { name: "targetMemoryGi", label: "memory", step: 0.5 },
  { name: "targetDiskGb", label: "disk", step: 1 },
] as const;

export const wishNames = [
  ...amounts.map(({ name }) => name),
  ...["templateId", "instanceSizeId", "minutes", "role", "days"],
];

type WishFieldsProps = { request: RequestDetail; wish: Wish; catalogue: Catalogue };

/** What may still be changed of it; where it goes is another request. */
export function WishFields({ request, wish, catalogue }: WishFieldsProps) {
  switch (request.operation) {
    case "CREATE_VM":
      return <MachineFields request={request} wish={wish} catalogue={catalogue} />;
    case "SYSTEM_ACCESS":
      return <AccessFields asked={request.accessAsked} />;
    case "VNC_ACCESS":
      return <ConsoleFields minutes={request.minutes} />;
    case "EXTEND_VM":
      return <ExtensionFields days={wish["days"]} />;
    default:
      return null;
  }
}

function MachineFields({ request, wish, catalogue }: WishFieldsProps) {
  const t = useTranslations("requests");
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <Field name="templateId" label={t("form.template")}>
        <Select
          defaultValue={request.templateId ?? ""}
          options={optionsOf(catalogue.templates, request.templateId, request.templateName)}
        />
      </Field>
      <Field name="instanceSizeId" label={t("form.sizeLabel")}>
        <Select
          defaultValue={request.instanceSizeId ?? ""}
          options={optionsOf(catalogue.sizes, request.instanceSizeId, request.sizeName)}
        />
      </Field>
      {amounts.map(({ name, label, step }) => (
        <Field key={name} name={name} label={t(`form.${label}`)} hint={t("resubmit.bySize")}>
          <Input
            type="number"
            inputMode="decimal"
            min={step}
            step={step}
            defaultValue={typeof wish[name] === "number" ? wish[name] : ""}
          />
        </Field>
      ))}
    </div>
  );
}

/** What is asked for stays on offer here, even where it is no longer in the catalogue. */
function optionsOf(rows: readonly Named[], id: string | null, name: string | null) {
  const options = rows.map((row) => ({ value: row.id, label: row.displayName }));
  const isOffered = options.some(({ value }) => value === id);
  return isOffered || id === null ? options : [{ value: id, label: name ?? id }, ...options];
}

function AccessFields({ asked }: { asked: RequestDetail["accessAsked"] }) {
  const t = useTranslations("requests");
  if (asked === null) return null;
  const periods = [...new Set([...accessPeriods, asked.days])].sort((a, b) => a - b);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field name="role" label={t("fact.role")}>
        <Select
          defaultValue={asked.role}
          options={askableRoles.map((role) => ({ value: role, label: t(`access.role.${role}`) }))}
        />
      </Field>
      <Field name="days" label={t("fact.days")}>
        <Select
          defaultValue={String(asked.days)}
          options={periods.map((days) => ({ value: String(days), label: t("access.days", { days }) }))}
        />
      </Field>
    </div>
  );
}

function ExtensionFields({ days }: { days: unknown }) {
  const t = useTranslations("requests");
  return (
    <Field name="days" label={t("change.days")} className="sm:max-w-48">
      <Input
        type="number"
        inputMode="numeric"
        min={1}
        step={1}
        defaultValue={typeof days === "number" ? days : ""}
      />
    </Field>
  );
}

function ConsoleFields({ minutes }: { minutes: number | null }) {
  const t = useTranslations("requests");
  return (
    <Field name="minutes" label={t("resubmit.minutes")} className="sm:max-w-48">
      <Input type="number" inputMode="numeric" min={5} max={120} step={1} defaultValue={minutes ?? 30} />
    </Field>
  );
}
