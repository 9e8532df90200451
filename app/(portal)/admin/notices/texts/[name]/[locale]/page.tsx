import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { TemplateForm } from "@/components/notices/template-form";
import { Badge } from "@/components/ui/badge";
import { PageHeader } from "@/components/ui/page-header";
import { previewTemplate } from "@/lib/notifications/templates/preview-template";
import { readTemplateRow } from "@/lib/notifications/templates/queries";
import { templateInput, type TemplateKey } from "@/lib/notifications/templates/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notices.texts");
  return { title: t("title") };
}

type TextPageProps = { params: Promise<{ name: string; locale: string }> };

export default async function TextPage({ params }: TextPageProps) {
  const ctx = await requireContext();
  const key = templateInput.safeParse(await params);
  if (!key.success) notFound();
  return showPage(ctx, () => renderText(ctx, key.data));
}

async function renderText(ctx: PersonContext, key: TemplateKey) {
  const [t, template] = await Promise.all([getTranslations("notices"), readTemplateRow(ctx, key)]);
  const { name, locale, subject, body } = template;
  const preview = await previewTemplate(ctx, { name, locale, subject, body });
  const title = t(`text.${name}`);
  return (
    <>
      <PageHeader
        title={title}
        badges={
          <>
            <Badge>{locale === "en" ? "English" : "简体中文"}</Badge>
            {template.isOwn && <Badge tone="info">{t("texts.own")}</Badge>}
          </>
        }
        breadcrumbs={[
          { label: t("page.title"), href: "/admin/notices" },
          { label: t("tabs.texts"), href: "/admin/notices/texts" },
          { label: title },
        ]}
      />
      <TemplateForm key={`${template.version}`} template={template} preview={preview} />
    </>
  );
}
