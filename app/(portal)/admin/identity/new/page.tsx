import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showDenied, showPage } from "@/app/_http/show-page";
import { ConnectionForm } from "@/components/providers/connection-form";
import { ProviderTypeList } from "@/components/providers/provider-type-list";
import { PageHeader } from "@/components/ui/page-header";
import { listOwnPermissions } from "@/lib/access/queries";
import { listProviderTypes } from "@/lib/identity/providers/queries";
import { rightsOf } from "../read-provider-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("providers.new");
  return { title: t("title") };
}

interface PageProps {
  searchParams: Promise<{ type?: string | string[] }>;
}

export default async function NewProviderPage({ searchParams }: PageProps) {
  const ctx = await requireContext();
  const { type } = await searchParams;
  return showPage(ctx, () => renderNew(ctx, typeof type === "string" ? type : undefined));
}

async function renderNew(ctx: PersonContext, wanted: string | undefined) {
  const t = await getTranslations("providers");
  const [types, held] = await Promise.all([listProviderTypes(ctx), listOwnPermissions(ctx)]);
  if (!rightsOf(held).configure) return showDenied(ctx, "auth_provider:configure");
  const chosen = types.items.find(({ type }) => type === wanted);
  const list = { label: t("list.title"), href: "/admin/identity" };
  if (!chosen) {
    return (
      <>
        <PageHeader
          breadcrumbs={[list, { label: t("new.title") }]}
          title={t("new.title")}
          description={t("new.description")}
        />
        <ProviderTypeList types={types.items.map(({ type }) => type)} />
      </>
    );
  }
  return (
    <>
      <PageHeader
        breadcrumbs={[
          list,
          { label: t("new.title"), href: "/admin/identity/new" },
          { label: t(`type.${chosen.type}.short`) },
        ]}
        title={t(`type.${chosen.type}.name`)}
        description={t("new.isOff")}
      />
      <div className="max-w-3xl">
        <ConnectionForm type={chosen.type} fields={chosen.fields} mayChange mayTest />
      </div>
    </>
  );
}
