import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { SchemaBanner } from "@/components/sizes/schema-banner";
import { copyOf, emptyDraft } from "@/components/sizes/size-draft";
import { SizeEditor } from "@/components/sizes/size-editor";
import { PageHeader } from "@/components/ui/page-header";
import { listOwnPermissions } from "@/lib/access/queries";
import { listFieldSchemas, readEditorFields } from "@/lib/catalog/fields/queries";
import { readSize } from "@/lib/catalog/sizes/queries";
import { AppError } from "@/lib/core/errors";
import { platformAdmin } from "@/lib/vocabulary/permissions";
import { chooseMinor } from "../choose-minor";
import { readEditorOffer } from "../read-editor-offer";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sizes.new");
  return { title: t("title") };
}

interface PageProps {
  searchParams: Promise<{ from?: string | string[] }>;
}

export default async function NewSizePage({ searchParams }: PageProps) {
  const ctx = await requireContext();
  const { from } = await searchParams;
  return showPage(ctx, () => renderNew(ctx, typeof from === "string" ? from : undefined));
}

async function renderNew(ctx: PersonContext, from: string | undefined) {
  const t = await getTranslations("sizes");
  const own = await listOwnPermissions(ctx);
  if (!own.includes("instance_size:write") && !own.includes(platformAdmin))
    throw new AppError("PERMISSION_DENIED", { permission: "instance_size:write" });
  const [schemas, offer, original] = await Promise.all([
    listFieldSchemas(ctx),
    readEditorOffer(ctx),
    from === undefined ? null : readSize(ctx, { id: from }),
  ]);
  const fields = await readEditorFields(ctx, { entity: "instance_size", minor: chooseMinor(schemas) });
  return (
    <div className="grid min-w-0 gap-5">
      <PageHeader
        breadcrumbs={[{ label: t("list.title"), href: "/admin/sizes" }, { label: t("new.title") }]}
        title={original ? t("new.copyTitle", { name: original.displayName }) : t("new.title")}
        description={t("new.description")}
      />
      <SchemaBanner fields={fields} schemas={schemas} />
      <SizeEditor
        initial={original ? copyOf(original) : emptyDraft}
        stored={null}
        fields={fields}
        offer={offer}
        cancelHref={original ? `/admin/sizes/${original.id}` : "/admin/sizes"}
      />
    </div>
  );
}
