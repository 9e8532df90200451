import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showDenied, showPage } from "@/app/_http/show-page";
import { DeskForm } from "@/components/desks/desk-form";
import { DeskTypeList } from "@/components/desks/desk-type-list";
import { PageHeader } from "@/components/ui/page-header";
import { listEnvironmentUse } from "@/lib/access/environments/queries";
import { listOwnPermissions } from "@/lib/access/queries";
import { deskTypes } from "@/lib/vocabulary/approval-desks";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desks.new");
  return { title: t("title") };
}

interface PageProps {
  searchParams: Promise<{ type?: string | string[] }>;
}

export default async function NewDeskPage({ searchParams }: PageProps) {
  const ctx = await requireContext();
  const { type } = await searchParams;
  return showPage(ctx, () => renderNew(ctx, typeof type === "string" ? type : undefined));
}

async function renderNew(ctx: PersonContext, wanted: string | undefined) {
  const t = await getTranslations("desks");
  const held = await listOwnPermissions(ctx);
  if (!held.includes("platform:admin")) return showDenied(ctx, "platform:admin");
  const chosen = deskTypes.find((type) => type === wanted);
  const list = { label: t("list.title"), href: "/admin/desks" };
  if (chosen === undefined) {
    return (
      <>
        <PageHeader
          breadcrumbs={[list, { label: t("new.title") }]}
          title={t("new.title")}
          description={t("new.description")}
        />
        <DeskTypeList />
      </>
    );
  }
  const environments = (await listEnvironmentUse(ctx)).map(({ name }) => name);
  return (
    <>
      <PageHeader
        breadcrumbs={[
          list,
          { label: t("new.title"), href: "/admin/desks/new" },
          { label: t(`type.${chosen}.short`) },
        ]}
        title={t(`type.${chosen}.name`)}
        description={t("new.isOff")}
      />
      <div className="max-w-3xl">
        <DeskForm type={chosen} environments={environments} />
      </div>
    </>
  );
}
