import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { SchemaBanner } from "@/components/sizes/schema-banner";
import { SizeActions } from "@/components/sizes/size-actions";
import { draftOf } from "@/components/sizes/size-draft";
import { SizeEditor } from "@/components/sizes/size-editor";
import { SizeFacts } from "@/components/sizes/size-facts";
import { SizeHistory } from "@/components/sizes/size-history";
import { SizeState } from "@/components/sizes/size-state";
import { Callout } from "@/components/ui/callout";
import { PageHeader } from "@/components/ui/page-header";
import { listOwnPermissions } from "@/lib/access/queries";
import { listFieldSchemas, readEditorFields } from "@/lib/catalog/fields/queries";
import { readSize } from "@/lib/catalog/sizes/queries";
import type { SizeDetail } from "@/lib/catalog/sizes/schema";
import { platformAdmin } from "@/lib/vocabulary/permissions";
import { chooseMinor } from "../choose-minor";
import { readEditorOffer } from "../read-editor-offer";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sizes.page");
  return { title: t("title") };
}

interface PageProps {
  params: Promise<{ id: string }>;
}

export default async function SizePage({ params }: PageProps) {
  const ctx = await requireContext();
  const { id } = await params;
  return showPage(ctx, () => renderSize(ctx, id));
}

async function renderSize(ctx: PersonContext, id: string) {
  const t = await getTranslations("sizes");
  const [size, own] = await Promise.all([readSize(ctx, { id }), listOwnPermissions(ctx)]);
  const mayWrite = own.includes("instance_size:write") || own.includes(platformAdmin);
  return (
    <div className="grid min-w-0 gap-5">
      <PageHeader
        breadcrumbs={[{ label: t("list.title"), href: "/admin/sizes" }, { label: size.displayName }]}
        title={size.displayName}
        description={t("page.usage", {
          name: size.name,
          version: size.version,
          vms: size.vmCount,
          requests: size.pendingCount,
        })}
        badges={<SizeState size={size} />}
        actions={mayWrite && <SizeActions size={size} />}
      />
      {size.deprecatedAt !== null && (
        <Callout tone="warning" title={t("page.deprecated")}>
          {size.deprecationMessage ?? t("page.deprecatedSilent")}
        </Callout>
      )}
      {mayWrite ? await renderEditor(ctx, size) : <SizeFacts size={size} />}
      <SizeHistory history={size.history} />
    </div>
  );
}

async function renderEditor(ctx: PersonContext, size: SizeDetail) {
  const [schemas, offer] = await Promise.all([listFieldSchemas(ctx), readEditorOffer(ctx)]);
  const fields = await readEditorFields(ctx, { entity: "instance_size", minor: chooseMinor(schemas) });
  const { version, vmCount, pendingCount } = size;
  return (
    <>
      <SchemaBanner fields={fields} schemas={schemas} />
      <SizeEditor
        initial={draftOf(size)}
        stored={{ version, vmCount, pendingCount }}
        fields={fields}
        offer={offer}
        cancelHref="/admin/sizes"
      />
    </>
  );
}
