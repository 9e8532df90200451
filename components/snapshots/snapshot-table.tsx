import { useTranslations } from "next-intl";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { SnapshotContext } from "@/lib/requests/snapshots/schema";
import type { SnapshotRow } from "@/lib/snapshots/schema";
import type { VmState } from "@/lib/vms/machine";
import { DeleteSnapshot } from "./delete-snapshot";
import { RestoreSnapshot } from "./restore-snapshot";
import { SnapshotStatus } from "./snapshot-status";

export interface SnapshotsView {
  vm: { id: string; name: string; namespace: string; origin: string; status: VmState };
  snapshots: readonly SnapshotRow[];
  context: SnapshotContext;
}

export function SnapshotTable({ vm, snapshots, context }: SnapshotsView) {
  const t = useTranslations("snapshots");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell>{t("column.label")}</HeadCell>
        <HeadCell>{t("column.status")}</HeadCell>
        <HeadCell>{t("column.size")}</HeadCell>
        <HeadCell>{t("column.taken")}</HeadCell>
        <HeadCell>
          <span className="sr-only">{t("column.actions")}</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {snapshots.map((snapshot) => (
          <SnapshotLine key={snapshot.id} vm={vm} snapshot={snapshot} context={context} />
        ))}
      </TableBody>
    </Table>
  );
}

type SnapshotLineProps = Omit<SnapshotsView, "snapshots"> & { snapshot: SnapshotRow };

function SnapshotLine({ vm, snapshot, context }: SnapshotLineProps) {
  const t = useTranslations("snapshots");
  const isResting = snapshot.status === "READY" || snapshot.status === "FAILED";
  const isUsed = ["PENDING", "RESTORING"].includes(snapshot.lastRestore?.status ?? "");
  return (
    <TableRow>
      <TableCell label={t("column.label")} className="sm:py-2 sm:whitespace-normal">
        <span className="grid min-w-0 gap-0.5">
          <span className="font-medium break-words">{snapshot.label}</span>
          <span className="text-xs text-ink-muted">
            {snapshot.createdByName} ·{" "}
            <TextLink href={`/requests/${snapshot.ticketId}`}>{t("request")}</TextLink>
          </span>
        </span>
      </TableCell>
      <TableCell label={t("column.status")} className="sm:py-2 sm:whitespace-normal">
        <span className="grid min-w-0 gap-0.5">
          <SnapshotStatus status={snapshot.status} />
          <SnapshotNote snapshot={snapshot} />
        </span>
      </TableCell>
      <TableCell label={t("column.size")}>{t("size", { size: snapshot.sizeGb })}</TableCell>
      <TableCell label={t("column.taken")}>
        <TimeAgo at={snapshot.readyAt ?? snapshot.createdAt} />
      </TableCell>
      <TableCell>
        {context.mayOperate && isResting && !isUsed && (
          <span className="flex flex-wrap justify-end gap-1">
            {snapshot.status === "READY" && (
              <RestoreSnapshot vm={vm} snapshot={snapshot} effect={context.restore} />
            )}
            <DeleteSnapshot snapshot={snapshot} />
          </span>
        )}
      </TableCell>
    </TableRow>
  );
}

/** Why it failed, how it was taken, or where the last way back to it stands. */
function SnapshotNote({ snapshot }: { snapshot: SnapshotRow }) {
  const t = useTranslations("snapshots");
  const { statusMessage, lastRestore, indications } = snapshot;
  const note =
    statusMessage ??
    (lastRestore === null
      ? indications.includes("Online")
        ? t(indications.includes("GuestAgent") ? "online.quiet" : "online.running")
        : null
      : t(`restored.${lastRestore.status}`));
  if (note === null) return null;
  return <span className="text-xs break-words text-ink-muted">{note}</span>;
}
