import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test, vi } from "vitest";
import batchesEn from "@/components/messages/en/batches.json";
import uiEn from "@/components/messages/en/ui.json";
import vmlistEn from "@/components/messages/en/vmlist.json";
import vmsEn from "@/components/messages/en/vms.json";
import batchesZh from "@/components/messages/zh-CN/batches.json";
import uiZh from "@/components/messages/zh-CN/ui.json";
import vmlistZh from "@/components/messages/zh-CN/vmlist.json";
import vmsZh from "@/components/messages/zh-CN/vms.json";
import { defaultColumns, listColumns, sortOf } from "@/lib/vms/list/columns/rules";
import { parseSearch } from "@/lib/vms/list/language/rules";
import { searchProblems, type SearchProblem } from "@/lib/vms/list/language/schema";
import { settleList } from "@/lib/vms/list/rules";
import type { VmListRow } from "@/lib/vms/list/schema";
import type { ViewRow } from "@/lib/vms/list/views/schema";
import { ListHead } from "./list-head";
import { SearchProblems } from "./search-problems";
import { TreePanel } from "./tree-panel";
import { ViewActions } from "./view-actions";
import { VmList } from "./vm-list";

vi.mock("@/app/actions/vm-list", () => ({
  setListChoicesAction: vi.fn(),
  createViewAction: vi.fn(),
  updateViewAction: vi.fn(),
  deleteViewAction: vi.fn(),
}));
vi.mock("@/app/actions/batches", () => ({
  operateVmsAction: vi.fn(),
  modifyVmsAction: vi.fn(),
  deleteVmsAction: vi.fn(),
}));
vi.mock("next/navigation", () => ({
  useRouter: () => ({ push: vi.fn(), replace: vi.fn(), refresh: vi.fn() }),
  usePathname: () => "/vms",
  useSearchParams: () => new URLSearchParams(),
  unstable_rethrow: vi.fn(),
}));

const messages = {
  en: { vmlist: vmlistEn, vms: vmsEn, ui: uiEn, batches: batchesEn },
  "zh-CN": { vmlist: vmlistZh, vms: vmsZh, ui: uiZh, batches: batchesZh },
};
const locales = ["en", "zh-CN"] as const;
const now = new Date("2026-11-23T08:00:00Z");

/** As a reader of this language sees it; a message that is missing or fails is an error. */
function show(locale: (typeof locales)[number], screen: ReactNode): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider
      locale={locale}
      messages={messages[locale]}
      timeZone="UTC"
      now={now}
      onError={(error) => {
        throw error;
      }}
    >
      {screen}
    </NextIntlClientProvider>,
  );
}

const vm: VmListRow = {
  ...{ id: "vm-1", name: "redis-01", origin: "request", namespace: "shop-test", environment: "test" },
  ...{ status: "RUNNING", statusMessage: null, clusterStatus: null, systemId: "s", systemName: "shop" },
  ...{ serviceId: "v", serviceName: "cache", clusterName: "north", ip: "10.1.0.4", cpuCores: 2, memoryGi: 4 },
  ...{
    diskGb: 20,
    statusSince: now,
    observedAt: null,
    createdAt: now,
    templateName: "Ubuntu",
    sizeName: "Small",
  },
  ...{ ownerName: "Dana", expiresAt: null, isProtected: false },
};
const view: ViewRow = {
  ...{ id: "w-1", name: "Large ones", query: "cpu>4", sort: "-cpu", columns: ["status", "cpu"] },
  ...{ systemId: "s", systemName: "shop", ownerName: "Dana", isOwn: true },
};

describe.each(locales)("in %s", (locale) => {
  test("the list shows every column, and a head that can sort leads to the order", () => {
    const html = show(
      locale,
      <VmList
        rows={[vm]}
        columns={listColumns}
        density="compact"
        q="redis"
        sort="name"
        address={{ q: "redis", cursor: "abc", trail: "x" }}
        isFirstPage
        hasNext
      />,
    );
    expect(html).toContain('href="/vms/vm-1"');
    expect(html).toContain('data-vm="vm-1"');
    const sortable = listColumns.filter((column) => sortOf(column) !== null).length + 1;
    expect(html.match(/aria-sort=/g)).toHaveLength(sortable);
    expect(html).toContain('aria-sort="ascending"');
    expect(html).toContain('href="/vms?q=redis&amp;sort=-name"');
    expect(html).not.toContain("cursor=");
  });

  test("views, search and the file stand above it", () => {
    const choices = { defaultViewId: "w-1" };
    const list = settleList({ view: "w-1", q: "cpu>8" }, choices, [view]);
    const html = show(
      locale,
      <ListHead
        list={list}
        views={[view]}
        choices={choices}
        rows={[vm]}
        address={{ view: "w-1", q: "cpu>8" }}
      />,
    );
    expect(html).toContain('href="/vms?view=w-1"');
    expect(html).toContain('aria-current="page"');
    expect(html).toMatch(/role="combobox"[^>]*aria-expanded="false"/);
    expect(html).toContain('value="cpu&gt;8"');
    expect(html).toContain('href="/api/v1/vms.csv?sort=-cpu&amp;q=cpu%3E8"');
  });

  test("an open view is changed, preferred and deleted by its maker", () => {
    const list = settleList({ view: "w-1", q: "cpu>8" }, {}, [view]);
    const html = show(locale, <ViewActions view={view} list={list} isDefault={false} />);
    expect(html).toContain('name="viewId" value="w-1"');
    expect(html).toContain('name="defaultViewId" value="w-1"');
  });

  test("each thing that is not understood has a sentence, and a link to what was meant", () => {
    const told = searchProblems.map((code, at): SearchProblem => ({
      code,
      at,
      length: 1,
      text: "x<y",
      suggestion: null,
    }));
    const html = show(locale, <SearchProblems q="" problems={told} address={{}} />);
    expect(html.match(/<li>/g)).toHaveLength(searchProblems.length);
    const q = "redis sytem:shop";
    const mended = show(locale, <SearchProblems q={q} problems={parseSearch(q).problems} address={{ q }} />);
    expect(mended).toContain('href="/vms?q=redis+system%3Ashop"');
  });

  test("the tree narrows the search and keeps the rest of it", () => {
    const systems = [
      { name: "shop", services: [{ name: "cache", vmCount: 100 }] },
      { name: "zoo", services: null },
    ];
    const tree = { systems, q: "cpu>4 system:shop", address: { q: "cpu>4 system:shop" }, countMax: 100 };
    const html = show(locale, <TreePanel {...tree} openService={null} />);
    expect(html).toContain('href="/vms?q=cpu%3E4+system%3Azoo"');
    expect(html).toContain('href="/vms?q=cpu%3E4+system%3Ashop+service%3Acache"');
    expect(html).toContain("99+");
  });
});

test("what everybody sees first are columns that there are", () => {
  expect(defaultColumns.every((column) => listColumns.includes(column))).toBe(true);
});
