import { useTranslations } from "next-intl";
import { StatusBadge } from "@/components/ui/status-badge";
import { uploadStatusLabels } from "@/lib/catalog/uploads/labels";
import type { UploadRow } from "@/lib/catalog/uploads/schema";

export function UploadStatus({ upload }: { upload: Pick<UploadRow, "status" | "removing"> }) {
  const t = useTranslations("uploads");
  const status = upload.removing ? "REMOVING" : upload.status;
  return <StatusBadge {...uploadStatusLabels[status]} label={t(`status.${status}`)} look="plain" />;
}
