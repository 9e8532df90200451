import { useTranslations } from "next-intl";
import { deleteSnapshotAction } from "@/app/actions/snapshots";
import { Button } from "@/components/ui/button";
import { ConfirmAction } from "@/components/ui/confirm-action";
import type { SnapshotRow } from "@/lib/snapshots/schema";

export function DeleteSnapshot({ snapshot }: { snapshot: SnapshotRow }) {
  const t = useTranslations("snapshots");
  return (
    <ConfirmAction
      title={t("delete.title", { label: snapshot.label })}
      description={t("delete.text")}
      confirmLabel={t("delete.confirm")}
      action={deleteSnapshotAction}
      hidden={{ snapshotId: snapshot.id }}
      tone="danger"
      successMessage={t("delete.begun")}
      trigger={
        <Button size="sm" variant="ghost">
          {t("delete.open")}
        </Button>
      }
    />
  );
}
