import { useTranslations } from "next-intl";
import type { RequestRow } from "@/lib/requests/schema";

type Titled = Pick<RequestRow, "eventType" | "resourceName" | "templateName" | "serviceName">;

/** A request in a few words: "Start shop-web-api-01", or what the new VM is made of while it has no name. */
export function useRequestTitle(): (request: Titled) => string {
  const t = useTranslations("requests");
  return (request) => {
    const subject =
      request.resourceName ?? t("title.unnamed", { template: request.templateName ?? request.serviceName });
    const key = `title.${request.eventType}`;
    return t.has(key) ? t(key, { subject }) : t("title.other", { subject });
  };
}
