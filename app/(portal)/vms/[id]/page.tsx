import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { GuestCard } from "@/components/guest/guest-card";
import { MetricsCard } from "@/components/guest/metrics-card";
import { VmThumbnail } from "@/components/guest/vm-thumbnail";
import { LifetimeCard } from "@/components/lifetimes/lifetime-card";
import { DriftCallout } from "@/components/modification/drift-callout";
import { ConnectCard } from "@/components/power/connect-card";
import { SnapshotSection } from "@/components/snapshots/snapshot-section";
import { TextLink } from "@/components/ui/text-link";
import { InitialPassword } from "@/components/vms/initial-password";
import { RestartNeeded } from "@/components/vms/restart-needed";
import { VmActivity } from "@/components/vms/vm-activity";
import { VmFactsCard } from "@/components/vms/vm-facts";
import { VmFrame } from "@/components/vms/vm-frame";
import { VmSentence } from "@/components/vms/vm-sentence";
import { readLifetime } from "@/lib/requests/lifetimes/queries";
import { readScreenStanding } from "@/lib/requests/read-screen";
import { readSnapshotContext } from "@/lib/requests/snapshots/queries";
import { listSnapshots } from "@/lib/snapshots/queries";
import { listVmActivity } from "@/lib/vms/activity/queries";
import { readConnection } from "@/lib/vms/connection/queries";
import { readExplanation } from "@/lib/vms/explanation/queries";
import { readGuest } from "@/lib/vms/guest/queries";
import { findInitialPassword } from "@/lib/vms/initial-password/queries";
import { readMetrics } from "@/lib/vms/metrics/queries";
import { readLiveSpec } from "@/lib/vms/modification/queries";
import { readVm, readVmAbilities } from "@/lib/vms/queries";

/** The newest of each; the others have a page of their own. */
const shownMax = 5;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("vms");
  return { title: t("detail.title") };
}

export default async function VmPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireContext();
  const { id } = await params;
  return showPage(ctx, () => renderVm(ctx, id));
}

async function renderVm(ctx: PersonContext, vmId: string) {
  const t = await getTranslations("vms");
  const { vm, abilities, explanation, live, password, ...parts } = await readOverview(ctx, vmId);
  const { life, saved, context, guest, metrics, standing, connection, activity } = parts;
  return (
    <VmFrame vm={vm} abilities={abilities} tab="overview" now={ctx.now}>
      <VmSentence vm={vm} explanation={explanation} />
      <RestartNeeded vm={vm} isPermitted={abilities.operate} />
      <DriftCallout vmId={vm.id} live={live} isPermitted={abilities.modify} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="grid min-w-0 gap-5">
          <InitialPassword vmId={vm.id} status={password} />
          <VmFactsCard vm={vm} mayModify={abilities.modify} />
          <MetricsCard metrics={metrics} />
          <GuestCard guest={guest} />
          <SnapshotSection
            vm={vm}
            snapshots={saved.items}
            context={context}
            more={
              saved.nextCursor !== null && (
                <TextLink href={`/vms/${vm.id}/snapshots`}>{t("detail.allSnapshots")}</TextLink>
              )
            }
          />
        </div>
        <div className="grid min-w-0 gap-5">
          <VmThumbnail vmId={vm.id} vmName={vm.name} status={vm.status} standing={standing} />
          <ConnectCard connection={connection} />
          <LifetimeCard life={life} now={ctx.now} />
          <VmActivity activity={activity} moreHref={`/vms/${vm.id}/activity`} />
        </div>
      </div>
    </VmFrame>
  );
}

async function readOverview(ctx: PersonContext, vmId: string) {
  const vm = await readVm(ctx, vmId);
  const [abilities, explanation, live, password, life] = await Promise.all([
    readVmAbilities(ctx, vm),
    readExplanation(ctx, vmId),
    readLiveSpec(ctx, vmId),
    findInitialPassword(ctx, vmId),
    readLifetime(ctx, vmId),
  ]);
  const [saved, context, guest, metrics, standing, connection, activity] = await Promise.all([
    listSnapshots(ctx, { vmId, perPage: shownMax }),
    readSnapshotContext(ctx, vmId),
    readGuest(ctx, vmId),
    readMetrics(ctx, { vmId, range: "1h" }),
    readScreenStanding(ctx, vmId),
    readConnection(ctx, vmId),
    listVmActivity(ctx, { vmId, perPage: shownMax }),
  ]);
  return {
    ...{ vm, abilities, explanation, live, password, life },
    ...{ saved, context, guest, metrics, standing, connection, activity },
  };
}
