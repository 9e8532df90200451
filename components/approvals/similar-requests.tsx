import { useTranslations } from "next-intl";
import { RequestTable } from "@/components/requests/request-table";
import { Section } from "@/components/ui/section";
import type { RequestRow } from "@/lib/requests/schema";

/** How the same was decided before. */
export function SimilarRequests({ requests }: { requests: readonly RequestRow[] }) {
  const t = useTranslations("approvals");
  if (requests.length === 0) return null;
  return (
    <Section title={t("similar.title")} description={t("similar.description")}>
      <RequestTable requests={requests} withRequester caption={t("similar.title")} />
    </Section>
  );
}
