import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { pageLinks } from "@/components/requests/page-links";
import { PageInterests } from "@/components/shell/page-interests";
import { Pagination } from "@/components/ui/pagination";
import { addressOf } from "@/components/vmlist/list-address";
import { ListHead } from "@/components/vmlist/list-head";
import { NoVms } from "@/components/vmlist/no-vms";
import { SearchProblems } from "@/components/vmlist/search-problems";
import { TreePanel } from "@/components/vmlist/tree-panel";
import { VmList } from "@/components/vmlist/vm-list";
import { readListChoices } from "@/lib/vms/list/choices/queries";
import { parseSearch } from "@/lib/vms/list/language/rules";
import { listUnderstood } from "@/lib/vms/list/queries";
import { openingView, placeIn, settleList } from "@/lib/vms/list/rules";
import { listSearch } from "@/lib/vms/list/schema";
import { countMax, readTree } from "@/lib/vms/list/tree/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("vmlist");
  return { title: t("title") };
}

export default async function VmsPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const ctx = await requireContext();
  const search = await searchParams;
  return showPage(ctx, () => renderPage(ctx, search));
}

/** Three statements: what the person likes, where their machines are, the page's rows; a fourth where the tree is shown. */
async function renderPage(ctx: PersonContext, search: SearchParameters) {
  const { view, columns, ...filter } = readSearch(listSearch, search);
  const { choices, views } = await readListChoices(ctx);
  const wish = { q: filter.q, sort: filter.sort, columns, view };
  const opening = Object.keys(search).length === 0 ? openingView(wish, choices, views) : null;
  if (opening !== null) redirect(`/vms?view=${opening}`);
  const list = settleList(wish, choices, views);
  const { terms, problems } = parseSearch(list.q);
  const place = placeIn(terms);
  const [page, tree] = await Promise.all([
    listUnderstood(ctx, { ...filter, q: list.q, sort: list.sort }),
    choices.isTreeShown === true ? readTree(ctx, place.system) : null,
  ]);
  const address = addressOf(search);
  return (
    <>
      <PageInterests interests={[]} />
      <ListHead list={list} views={views} choices={choices} rows={page.items} address={address} />
      <div className={tree === null ? "contents" : "grid gap-3 lg:grid-cols-[14rem_minmax(0,1fr)]"}>
        {tree && (
          <TreePanel
            systems={tree}
            q={list.q}
            address={address}
            openService={place.service}
            countMax={countMax}
          />
        )}
        <div className="grid min-w-0 content-start gap-3">
          <SearchProblems q={list.q} problems={problems} address={address} />
          {page.items.length === 0 ? (
            <NoVms isFiltered={list.q !== "" || Object.keys(address).some((name) => name !== "view")} />
          ) : (
            <VmList
              rows={page.items}
              columns={list.columns}
              density={choices.density ?? "comfortable"}
              q={list.q}
              sort={list.sort}
              address={address}
              isFirstPage={filter.cursor === undefined}
              hasNext={page.nextCursor !== null}
            />
          )}
          <Pagination {...pageLinks("/vms", search, page.nextCursor)} />
        </div>
      </div>
    </>
  );
}
