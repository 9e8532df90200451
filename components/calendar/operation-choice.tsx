import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import { calendarOperations } from "@/lib/requests/calendar/schema";

/** None chosen holds for all. */
export function OperationChoice({ chosen }: { chosen: readonly string[] }) {
  const t = useTranslations("calendar");
  return (
    <fieldset className="grid gap-2">
      <legend className="text-sm font-medium">{t("window.operations")}</legend>
      <p className="text-xs text-ink-faint">{t("window.operationsHint")}</p>
      <div className="grid gap-1.5 sm:grid-cols-3">
        {calendarOperations.map((operation) => (
          <Checkbox
            key={operation}
            name="operations"
            value={operation}
            label={t(`operation.${operation}`)}
            defaultChecked={chosen.includes(operation)}
          />
        ))}
      </div>
    </fieldset>
  );
}
