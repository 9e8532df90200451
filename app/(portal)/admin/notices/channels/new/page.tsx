import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { NewChannel } from "@/components/notices/channel-form";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { readChannelChoices } from "@/lib/notifications/channels/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notices.channels");
  return { title: t("add") };
}

export default async function NewChannelPage() {
  const ctx = await requireContext();
  return showPage(ctx, () => renderNew(ctx));
}

async function renderNew(ctx: PersonContext) {
  const [t, choices] = await Promise.all([getTranslations("notices"), readChannelChoices(ctx)]);
  return (
    <>
      <PageHeader
        title={t("channels.add")}
        breadcrumbs={[{ label: t("page.title"), href: "/admin/notices" }, { label: t("channels.add") }]}
      />
      <Card className="max-w-3xl">
        <NewChannel choices={choices} />
      </Card>
    </>
  );
}
