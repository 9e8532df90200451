import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { pageLinks } from "@/components/requests/page-links";
import { RevisionSection } from "@/components/settings/revision-section";
import { SettingGroups } from "@/components/settings/setting-groups";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listRevisions, listSettings } from "@/lib/settings/queries";
import { revisionFilter } from "@/lib/settings/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings.page");
  return { title: t("title") };
}

export default async function SettingsPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const ctx = await requireContext();
  const search = await searchParams;
  return showPage(ctx, () => renderSettings(ctx, search));
}

async function renderSettings(ctx: PersonContext, search: SearchParameters) {
  const t = await getTranslations("settings.page");
  const filter = readSearch(revisionFilter, search);
  const [settings, revisions] = await Promise.all([listSettings(ctx), listRevisions(ctx, filter)]);
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <SettingGroups settings={settings} />
      <RevisionSection revisions={revisions.items} settingKey={filter.key} />
      <Pagination {...pageLinks("/admin/settings", search, revisions.nextCursor)} />
    </>
  );
}
