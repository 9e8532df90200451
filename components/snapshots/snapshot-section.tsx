import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/text-link";
import { CloneVm } from "./clone-vm";
import { SnapshotTable, type SnapshotsView } from "./snapshot-table";
import { TakeSnapshot } from "./take-snapshot";

type SnapshotSectionProps = SnapshotsView & {
  /** Leads to the rest where these are not all. */
  more?: ReactNode;
};

/** What was saved of a machine, and what can be asked about it. */
export function SnapshotSection({ vm, snapshots, context, more }: SnapshotSectionProps) {
  const t = useTranslations("snapshots");
  return (
    <Section
      title={t("title")}
      description={t("description")}
      actions={
        <span className="flex flex-wrap gap-2">
          <CloneVm vm={vm} context={context} />
          <TakeSnapshot vm={vm} context={context} />
        </span>
      }
    >
      {context.waiting.map(({ ticketId, operation }) => (
        <Callout key={ticketId} actions={<TextLink href={`/requests/${ticketId}`}>{t("request")}</TextLink>}>
          {t(operation === "CREATE_SNAPSHOT" ? "waiting.take" : "waiting.restore")}
        </Callout>
      ))}
      {snapshots.length === 0 ? (
        <EmptyState icon="camera" title={t("empty")} className="rounded-lg border bg-surface py-8">
          {t(context.ability.reason === null ? "emptyText" : `take.refused.${context.ability.reason}`)}
        </EmptyState>
      ) : (
        <SnapshotTable vm={vm} snapshots={snapshots} context={context} />
      )}
      {more}
    </Section>
  );
}
