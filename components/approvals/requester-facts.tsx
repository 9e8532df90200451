import { useTranslations } from "next-intl";
import type { RequesterFacts as Facts } from "@/lib/requests/cockpit/schema";

type RequesterFactsProps = { facts: Facts; system: string };

/** What an approver would otherwise look up about whoever asks, on the System it is about. */
export function RequesterFacts({ facts, system }: RequesterFactsProps) {
  const t = useTranslations("approvals");
  const { username, role, machines, approved, rejected, waiting } = facts;
  return (
    <p className="text-xs text-ink-muted">
      {[
        username,
        role === null ? t("who.noRole", { system }) : t("who.role", { role, system }),
        t("who.machines", { count: machines }),
        t("who.before", { approved, rejected }),
        ...(waiting > 1 ? [t("who.waiting", { count: waiting - 1 })] : []),
      ].join(" · ")}
    </p>
  );
}
