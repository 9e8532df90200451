import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { pageLinks } from "@/components/requests/page-links";
import { SnapshotSection } from "@/components/snapshots/snapshot-section";
import { Pagination } from "@/components/ui/pagination";
import { VmFrame } from "@/components/vms/vm-frame";
import { readSnapshotContext } from "@/lib/requests/snapshots/queries";
import { listSnapshots } from "@/lib/snapshots/queries";
import { snapshotFilter } from "@/lib/snapshots/schema";
import { readVm, readVmAbilities } from "@/lib/vms/queries";

type Properties = { params: Promise<{ id: string }>; searchParams: Promise<SearchParameters> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("snapshots");
  return { title: t("title") };
}

export default async function SnapshotsPage({ params, searchParams }: Properties) {
  const ctx = await requireContext();
  const { id } = await params;
  const search = await searchParams;
  return showPage(ctx, () => renderSnapshots(ctx, id, search));
}

async function renderSnapshots(ctx: PersonContext, vmId: string, search: SearchParameters) {
  const filter = readSearch(snapshotFilter.omit({ vmId: true }), search);
  const vm = await readVm(ctx, vmId);
  const [abilities, page, context] = await Promise.all([
    readVmAbilities(ctx, vm),
    listSnapshots(ctx, { ...filter, vmId }),
    readSnapshotContext(ctx, vmId),
  ]);
  return (
    <VmFrame vm={vm} abilities={abilities} tab="snapshots" now={ctx.now}>
      <SnapshotSection
        vm={vm}
        snapshots={page.items}
        context={context}
        more={<Pagination {...pageLinks(`/vms/${vm.id}/snapshots`, search, page.nextCursor)} />}
      />
    </VmFrame>
  );
}
