import { useTranslations } from "next-intl";
import type { RequesterFacts as Facts } from "@/lib/requests/cockpit/schema";

type RequesterFactsProps = { facts: Facts; system: string };

/** What an approver would otherwise look up about whoever asks, on the System it is about. */
export function RequesterFacts({ facts, system }: RequesterFactsProps) {
  const t = useTranslations("approvals");
  const { username, role, machines, approved, rejected, waiting } = facts;
  return (
    <p className="flex flex-wrap gap-x-2 gap-y-0.5 text-xs text-ink-muted">
      <span className="font-mono">{username}</span>
      <span>{role === null ? t("who.noRole", { system }) : t("who.role", { role, system })}</span>
      <span>{t("who.machines", { count: machines })}</span>
      <span>{t("who.before", { approved, rejected })}</span>
      {waiting > 1 && <span>{t("who.waiting", { count: waiting - 1 })}</span>}
    </p>
  );
}
