import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { NoticeTabs } from "@/components/notices/notice-tabs";
import { TemplateTable } from "@/components/notices/template-table";
import { PageHeader } from "@/components/ui/page-header";
import { listTemplates } from "@/lib/notifications/templates/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notices.texts");
  return { title: t("title") };
}

export default async function TextsPage() {
  const ctx = await requireContext();
  return showPage(ctx, () => renderTexts(ctx));
}

async function renderTexts(ctx: PersonContext) {
  const [t, templates] = await Promise.all([getTranslations("notices"), listTemplates(ctx)]);
  return (
    <>
      <PageHeader title={t("page.title")} description={t("page.description")} />
      <NoticeTabs />
      <p className="max-w-prose text-sm text-ink-muted">{t("texts.description")}</p>
      <TemplateTable templates={templates.items} />
    </>
  );
}
