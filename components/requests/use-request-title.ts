import { useTranslations } from "next-intl";
import type { RequestRow } from "@/lib/requests/schema";

type Titled = Pick<
  RequestRow,
  "eventType" | "resourceName" | "templateName" | "serviceName" | "systemName" | "access"
>;

/** A request in a few words: "Start shop-web-api-01", "Member of shop for 30 days", or what a VM without a name is made of. */
export function useRequestTitle(): (request: Titled) => string {
  const t = useTranslations("requests");
  return (request) => {
    const { access, systemName: system } = request;
    if (access !== null)
      return t("title.access", { role: t(`access.role.${access.role}`), system, days: access.days });
    const template = request.templateName ?? request.serviceName ?? system;
    const subject = request.resourceName ?? t("title.unnamed", { template });
    const key = `title.${request.eventType}`;
    return t.has(key) ? t(key, { subject }) : t("title.other", { subject });
  };
}
