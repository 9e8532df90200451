import { useTranslations } from "next-intl";
import type { IconName } from "@/components/ui/icon";
import { StatusBadge } from "@/components/ui/status-badge";
import type { RequestState } from "@/lib/requests/machine";
import { toneOfRequest } from "./request-looks";

const icons: Record<RequestState, IconName> = {
  PENDING: "hourglass",
  APPROVED: "progress",
  EXECUTING: "progress",
  SUCCESS: "done",
  REJECTED: "ban",
  CANCELLED: "undo",
  FAILED: "failed",
};

type RequestStatusProps = { status: RequestState; look?: "boxed" | "plain" | undefined };

export function RequestStatus({ status, look }: RequestStatusProps) {
  const t = useTranslations("requests");
  return (
    <StatusBadge
      tone={toneOfRequest(status)}
      icon={icons[status]}
      label={t(`status.${status}`)}
      look={look}
    />
  );
}
