import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { ModifyForm } from "@/components/modification/modify-form";
import { ModifyRefused } from "@/components/modification/modify-refused";
import { PageHeader } from "@/components/ui/page-header";
import { readModifyContext } from "@/lib/requests/modification/queries";

const way = z.strictObject({
  rollbackTo: z.number().int().min(1).optional(),
  putBack: z.boolean().optional(),
});

type Properties = { params: Promise<{ id: string }>; searchParams: Promise<SearchParameters> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("modification");
  return { title: t("form.metaTitle") };
}

export default async function ModifyPage({ params, searchParams }: Properties) {
  const ctx = await requireContext();
  const { id } = await params;
  const search = readSearch(way, await searchParams);
  return showPage(ctx, () => renderForm(ctx, id, search));
}

async function renderForm(ctx: PersonContext, vmId: string, search: z.output<typeof way>) {
  const t = await getTranslations("modification");
  const context = await readModifyContext(ctx, vmId);
  const { vm } = context;
  const title = t("form.title", { name: vm.name });
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: t("form.vms"), href: "/vms" },
          { label: vm.name, href: `/vms/${vm.id}` },
          { label: title },
        ]}
        title={title}
        description={t("form.description")}
      />
      {context.isChangeable ? (
        <ModifyForm context={context} way={search} />
      ) : (
        <ModifyRefused context={context} />
      )}
    </>
  );
}
