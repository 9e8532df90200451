import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext } from "@/app/_http/current-context";
import { nextPageHref } from "@/app/_http/next-page";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { UploadDialog } from "@/components/uploads/upload-dialog";
import { UploadTable } from "@/components/uploads/upload-table";
import { listOwnPermissions } from "@/lib/access/queries";
import { uploadMachine } from "@/lib/catalog/uploads/machine";
import { listUploads, readUploadChoices } from "@/lib/catalog/uploads/queries";
import { uploadFilter } from "@/lib/catalog/uploads/schema";
import { actorId, type Context } from "@/lib/core/context";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("uploads");
  return { title: t("list.title") };
}

interface PageProps {
  searchParams: Promise<SearchParameters>;
}

export default async function ImagesPage({ searchParams }: PageProps) {
  const ctx = await requireContext();
  const search = await searchParams;
  return showPage(ctx, () => renderList(ctx, search));
}

async function renderList(ctx: Context, search: SearchParameters) {
  const t = await getTranslations("uploads");
  const { cursor, ...filter } = readSearch(uploadFilter, search);
  const [{ items, nextCursor }, permissions] = await Promise.all([
    listUploads(ctx, cursor === undefined ? filter : { ...filter, cursor }),
    listOwnPermissions(ctx),
  ]);
  const mayWrite = permissions.includes("template:write") || permissions.includes("platform:admin");
  const choices = mayWrite ? await readUploadChoices(ctx) : { places: [], gigabytesMax: 0 };
  const filtered = Boolean(filter.q ?? filter.status ?? filter.clusterId);
  const isEmpty = items.length === 0 && !filtered && cursor === undefined;
  const upload = mayWrite && choices.places.length > 0 && <UploadDialog {...choices} />;
  return (
    <div className="grid min-w-0 gap-5">
      <PageHeader title={t("list.title")} description={t("list.description")} actions={!isEmpty && upload} />
      <FilterBar
        search={{ name: "q", label: t("list.search") }}
        filters={[
          {
            name: "status",
            label: t("fields.status"),
            options: uploadMachine.states.map((status) => ({ value: status, label: t(`status.${status}`) })),
          },
        ]}
      />
      {items.length > 0 ? (
        <UploadTable uploads={items} mayWrite={mayWrite} personId={actorId(ctx.actor)} />
      ) : (
        <EmptyState
          icon="disk"
          title={t(filtered ? "list.noMatch" : "list.empty")}
          action={filtered ? undefined : upload}
        >
          {t(filtered ? "list.noMatchDetail" : mayWrite && !upload ? "list.noCluster" : "list.emptyDetail")}
        </EmptyState>
      )}
      <Pagination nextHref={nextPageHref("/admin/images", search, nextCursor)} />
    </div>
  );
}
