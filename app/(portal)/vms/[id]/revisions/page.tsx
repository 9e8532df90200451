import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { RevisionCompare, type ComparedRevisions } from "@/components/modification/revision-compare";
import { RevisionList } from "@/components/modification/revision-list";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { compareRevisions, listRevisions } from "@/lib/vms/modification/queries";
import { readVm, readVmAbilities } from "@/lib/vms/queries";

const choice = z.strictObject({
  from: z.number().int().min(1).optional(),
  to: z.number().int().min(1).optional(),
});

type Properties = { params: Promise<{ id: string }>; searchParams: Promise<SearchParameters> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("modification");
  return { title: t("revisions.metaTitle") };
}

export default async function RevisionsPage({ params, searchParams }: Properties) {
  const ctx = await requireContext();
  const { id } = await params;
  const search = readSearch(choice, await searchParams);
  return showPage(ctx, () => renderRevisions(ctx, id, search));
}

async function renderRevisions(ctx: PersonContext, vmId: string, search: z.output<typeof choice>) {
  const t = await getTranslations("modification");
  const vm = await readVm(ctx, vmId);
  const [revisions, abilities, compared] = await Promise.all([
    listRevisions(ctx, vmId),
    readVmAbilities(ctx, vm),
    readCompared(ctx, vmId, search),
  ]);
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: t("form.vms"), href: "/vms" },
          { label: vm.name, href: `/vms/${vm.id}` },
          { label: t("revisions.title") },
        ]}
        title={t("revisions.title")}
        description={t("revisions.description", { name: vm.name })}
      />
      {revisions.length === 0 ? (
        <EmptyState icon="hourglass" title={t("revisions.empty")}>
          {t("revisions.emptyText")}
        </EmptyState>
      ) : (
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
          <RevisionList vmId={vm.id} revisions={revisions} isPermitted={abilities.modify} />
          {revisions.length > 1 && <RevisionCompare revisions={revisions} compared={compared} />}
        </div>
      )}
    </>
  );
}

async function readCompared(
  ctx: PersonContext,
  vmId: string,
  { from, to }: z.output<typeof choice>,
): Promise<ComparedRevisions | null> {
  if (from === undefined || to === undefined) return null;
  return { from, to, rows: await compareRevisions(ctx, { vmId, from, to }) };
}
