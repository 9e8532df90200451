import { useTranslations } from "next-intl";
import type { IconName } from "@/components/ui/icon";
import { StatusBadge } from "@/components/ui/status-badge";
import type { Tone } from "@/components/ui/tones";
import type { BatchState } from "@/lib/batches/machine";
import type { BatchChild } from "@/lib/batches/schema";

interface Look {
  tone: Tone;
  icon: IconName;
}

const batchLooks: Record<BatchState, Look> = {
  PENDING_APPROVAL: { tone: "warning", icon: "hourglass" },
  IN_PROGRESS: { tone: "info", icon: "progress" },
  COMPLETED: { tone: "success", icon: "done" },
  PARTIAL_SUCCESS: { tone: "warning", icon: "warning" },
  FAILED: { tone: "danger", icon: "failed" },
  CANCELLED: { tone: "neutral", icon: "undo" },
};

const childLooks: Record<BatchChild["status"], Look> = {
  PENDING: { tone: "warning", icon: "hourglass" },
  APPROVED: { tone: "info", icon: "progress" },
  EXECUTING: { tone: "info", icon: "progress" },
  SUCCESS: { tone: "success", icon: "done" },
  REJECTED: { tone: "danger", icon: "ban" },
  CANCELLED: { tone: "neutral", icon: "undo" },
  FAILED: { tone: "danger", icon: "failed" },
};

export function BatchStatus({ status, look }: { status: BatchState; look?: "boxed" | "plain" | undefined }) {
  const t = useTranslations("batches");
  return <StatusBadge {...batchLooks[status]} label={t(`status.${status}`)} look={look} />;
}

export function ChildStatus({ status }: { status: BatchChild["status"] }) {
  const t = useTranslations("batches");
  return <StatusBadge {...childLooks[status]} label={t(`child.${status}`)} look="plain" />;
}
