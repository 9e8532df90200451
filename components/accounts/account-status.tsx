import { useTranslations } from "next-intl";
import { StatusBadge } from "@/components/ui/status-badge";

type AccountStatusProps = { enabled: boolean; look?: "boxed" | "plain" };

export function AccountStatus({ enabled, look = "boxed" }: AccountStatusProps) {
  const t = useTranslations("accounts.status");
  return (
    <StatusBadge
      tone={enabled ? "success" : "neutral"}
      icon={enabled ? "done" : "ban"}
      label={t(enabled ? "enabled" : "disabled")}
      look={look}
    />
  );
}
