import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { readManifestAction } from "@/app/actions/vms";
import { LifetimeCard } from "@/components/lifetimes/lifetime-card";
import { DriftCallout } from "@/components/modification/drift-callout";
import { ModifyLink } from "@/components/modification/modify-link";
import { SnapshotSection } from "@/components/snapshots/snapshot-section";
import { Callout } from "@/components/ui/callout";
import { Copyable } from "@/components/ui/copyable";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { InitialPassword } from "@/components/vms/initial-password";
import { VmActions } from "@/components/vms/vm-actions";
import { VmActivity } from "@/components/vms/vm-activity";
import { VmFactsCard } from "@/components/vms/vm-facts";
import { VmManifest } from "@/components/vms/vm-manifest";
import { VmOrigin } from "@/components/vms/vm-origin";
import { VmSentence } from "@/components/vms/vm-sentence";
import { VmStatus } from "@/components/vms/vm-status";
import { readLifetime } from "@/lib/requests/lifetimes/queries";
import { readSnapshotContext } from "@/lib/requests/snapshots/queries";
import { listSnapshots } from "@/lib/snapshots/queries";
import { findInitialPassword } from "@/lib/vms/initial-password/queries";
import { readLiveSpec } from "@/lib/vms/modification/queries";
import { listVmActivity, readVm, readVmAbilities } from "@/lib/vms/queries";

/** The newest; the others have a page of their own. */
const snapshotsShown = 5;

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
  const vm = await readVm(ctx, vmId);
  const [abilities, activity, password, life, live, saved, context] = await Promise.all([
    readVmAbilities(ctx, vm),
    listVmActivity(ctx, vm),
    findInitialPassword(ctx, vmId),
    readLifetime(ctx, vmId),
    readLiveSpec(ctx, vmId),
    listSnapshots(ctx, { vmId, perPage: snapshotsShown }),
    readSnapshotContext(ctx, vmId),
  ]);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t("list.title"), href: "/vms" }, { label: vm.name }]}
        title={
          <Copyable text={vm.name} className="max-w-full">
            <span className="break-all whitespace-normal">{vm.name}</span>
          </Copyable>
        }
        badges={
          <>
            <VmStatus status={vm.status} />
            <VmOrigin origin={vm.origin} />
          </>
        }
        actions={
          <>
            <VmActions vm={vm} abilities={abilities} />
            <ModifyLink vm={vm} isPermitted={abilities.modify} />
          </>
        }
      />
      {vm.clusterStale && <Callout tone="warning">{t("detail.stale")}</Callout>}
      <VmSentence vm={vm} />
      <DriftCallout vmId={vm.id} live={live} isPermitted={abilities.modify} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="grid min-w-0 gap-5">
          <InitialPassword vmId={vm.id} status={password} />
          <VmFactsCard vm={vm} />
          <LifetimeCard life={life} now={ctx.now} />
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
        <VmActivity entries={activity} />
      </div>
      {abilities.administer && <VmManifest vmId={vm.id} readManifest={readManifestAction} />}
    </>
  );
}
