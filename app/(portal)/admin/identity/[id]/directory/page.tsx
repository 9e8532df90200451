import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { DirectoryImport } from "@/components/providers/directory-import";
import { ProviderFrame } from "@/components/providers/provider-frame";
import { stepHref } from "@/components/providers/provider-steps";
import { RefreshInterval } from "@/components/providers/refresh-interval";
import { SyncJobTable } from "@/components/providers/sync-job-table";
import { pageLinks } from "@/components/requests/page-links";
import { Pagination } from "@/components/ui/pagination";
import { Section } from "@/components/ui/section";
import { listSyncJobs } from "@/lib/identity/providers/directory/queries";
import { syncJobFilter } from "@/lib/identity/providers/directory/schema";
import { readProviderPage } from "../../read-provider-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("providers.steps");
  return { title: t("directory") };
}

interface PageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParameters>;
}

export default async function ProviderDirectoryPage({ params, searchParams }: PageProps) {
  const ctx = await requireContext();
  const { id } = await params;
  const search = await searchParams;
  return showPage(ctx, () => renderDirectory(ctx, id, search));
}

async function renderDirectory(ctx: PersonContext, id: string, search: SearchParameters) {
  const t = await getTranslations("providers.jobs");
  const [{ provider, hasDirectory, may }, jobs] = await Promise.all([
    readProviderPage(ctx, id),
    listSyncJobs(ctx, { ...readSearch(syncJobFilter, search), providerId: id }),
  ]);
  if (!hasDirectory) notFound();
  return (
    <ProviderFrame provider={provider} may={may} hasDirectory step="directory">
      {may.sync && <DirectoryImport key={jobs.items[0]?.id} providerId={provider.id} />}
      <div className="grid min-w-0 items-start gap-5 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <Section title={t("title")}>
          <SyncJobTable jobs={jobs.items} />
          <Pagination {...pageLinks(stepHref(id, "directory"), search, jobs.nextCursor)} />
        </Section>
        <RefreshInterval provider={provider} mayChange={may.update} />
      </div>
    </ProviderFrame>
  );
}
