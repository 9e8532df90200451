import { useTranslations } from "next-intl";
import { calendarOperations } from "@/lib/requests/calendar/schema";

/** Which operations a rule is for, in words; none named are all. */
export function useOperationNames() {
  const t = useTranslations("calendar");
  return (operations: readonly string[]) => {
    const named = calendarOperations.filter((operation) => operations.includes(operation));
    if (named.length === 0) return t("window.allOperations");
    return named.map((operation) => t(`operation.${operation}`)).join(", ");
  };
}
