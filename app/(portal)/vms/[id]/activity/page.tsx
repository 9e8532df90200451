import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { ClusterEvents } from "@/components/explanation/cluster-events";
import { pageLinks } from "@/components/requests/page-links";
import { FilterBar } from "@/components/ui/filter-bar";
import { Pagination } from "@/components/ui/pagination";
import { VmActivity } from "@/components/vms/vm-activity";
import { VmFrame } from "@/components/vms/vm-frame";
import { listVmActivity } from "@/lib/vms/activity/queries";
import { activityFilter, activityKinds } from "@/lib/vms/activity/schema";
import { readVm, readVmAbilities } from "@/lib/vms/queries";

type Properties = { params: Promise<{ id: string }>; searchParams: Promise<SearchParameters> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("vms");
  return { title: t("tabs.activity") };
}

export default async function ActivityPage({ params, searchParams }: Properties) {
  const ctx = await requireContext();
  const { id } = await params;
  const search = await searchParams;
  return showPage(ctx, () => renderActivity(ctx, id, search));
}

async function renderActivity(ctx: PersonContext, vmId: string, search: SearchParameters) {
  const t = await getTranslations("vms.activity");
  const vm = await readVm(ctx, vmId);
  const [abilities, activity] = await Promise.all([
    readVmAbilities(ctx, vm),
    listVmActivity(ctx, { ...readSearch(activityFilter, search), vmId }),
  ]);
  const kinds = activityKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }));
  return (
    <VmFrame vm={vm} abilities={abilities} tab="activity" now={ctx.now}>
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid min-w-0 gap-3">
          <FilterBar filters={[{ name: "kind", label: t("kindLabel"), options: kinds }]} />
          <VmActivity activity={activity} />
          <Pagination {...pageLinks(`/vms/${vm.id}/activity`, search, activity.nextCursor)} />
        </div>
        <ClusterEvents vmId={vm.id} />
      </div>
    </VmFrame>
  );
}
