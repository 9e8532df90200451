import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { readManifestAction } from "@/app/actions/vms";
import { Callout } from "@/components/ui/callout";
import { Copyable } from "@/components/ui/copyable";
import { PageHeader } from "@/components/ui/page-header";
import { VmActions } from "@/components/vms/vm-actions";
import { VmActivity } from "@/components/vms/vm-activity";
import { VmFactsCard } from "@/components/vms/vm-facts";
import { VmManifest } from "@/components/vms/vm-manifest";
import { VmSentence } from "@/components/vms/vm-sentence";
import { VmStatus } from "@/components/vms/vm-status";
import { listVmActivity, readVm, readVmAbilities } from "@/lib/vms/queries";

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
  const [abilities, activity] = await Promise.all([readVmAbilities(ctx, vm), listVmActivity(ctx, vm)]);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t("list.title"), href: "/vms" }, { label: vm.name }]}
        title={<Copyable text={vm.name} />}
        badges={<VmStatus status={vm.status} />}
        actions={<VmActions vm={vm} abilities={abilities} />}
      />
      {vm.clusterStale && <Callout tone="warning">{t("detail.stale")}</Callout>}
      <VmSentence vm={vm} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <VmFactsCard vm={vm} />
        <VmActivity entries={activity} />
      </div>
      {abilities.administer && <VmManifest vmId={vm.id} readManifest={readManifestAction} />}
    </>
  );
}
