import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { testMailAction } from "@/app/actions/notices";
import { MailServerForm } from "@/components/notices/mail-server-form";
import { NoticeTabs } from "@/components/notices/notice-tabs";
import { TestButton } from "@/components/notices/test-button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { readMailServer } from "@/lib/notifications/mail/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notices.mail");
  return { title: t("title") };
}

export default async function MailPage() {
  const ctx = await requireContext();
  return showPage(ctx, () => renderMail(ctx));
}

async function renderMail(ctx: PersonContext) {
  const [t, server] = await Promise.all([getTranslations("notices"), readMailServer(ctx)]);
  return (
    <>
      <PageHeader title={t("page.title")} description={t("page.description")} />
      <NoticeTabs />
      <div className="grid min-w-0 items-start gap-5 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Card title={t("mail.title")} description={t("mail.text")}>
          <MailServerForm key={server.version} server={server} />
        </Card>
        <Card title={t("mail.testTitle")} description={t("mail.testText")}>
          {server.enabled ? (
            <TestButton action={testMailAction} label={t("mail.test")} />
          ) : (
            <p className="text-sm text-ink-muted">{t("mail.testOff")}</p>
          )}
        </Card>
      </div>
    </>
  );
}
