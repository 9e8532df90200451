import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { CompareChoice } from "@/components/templates/compare-choice";
import { ComparisonView } from "@/components/templates/comparison-view";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { listTemplateVersions, readTemplate } from "@/lib/catalog/templates/queries";
import type { TemplateVersion } from "@/lib/catalog/templates/schema";
import { compareTemplates } from "@/lib/catalog/templates/versions/queries";

const comparisonSearch = z.object({ with: z.string().max(64).optional() });

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("templates.compare");
  return { title: t("title") };
}

interface PageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParameters>;
}

export default async function ComparePage({ params, searchParams }: PageProps) {
  const ctx = await requireContext();
  const { id } = await params;
  const search = readSearch(comparisonSearch, await searchParams);
  return showPage(ctx, () => renderComparison(ctx, id, search.with));
}

async function renderComparison(ctx: PersonContext, id: string, withId: string | undefined) {
  const t = await getTranslations("templates");
  const [template, versions] = await Promise.all([readTemplate(ctx, id), listTemplateVersions(ctx, id)]);
  const pair = pairOf(versions, id, withId);
  const comparison = pair === null ? null : await compareTemplates(ctx, pair.older.id, pair.newer.id);
  return (
    <div className="grid min-w-0 gap-5">
      <PageHeader
        breadcrumbs={[
          { label: t("list.title"), href: "/admin/templates" },
          { label: template.displayName, href: `/admin/templates/${id}` },
          { label: t("compare.title") },
        ]}
        title={
          pair === null
            ? t("compare.title")
            : t("compare.of", { before: pair.older.version, after: pair.newer.version })
        }
        description={template.displayName}
        actions={<CompareChoice templateId={id} withId={pair?.otherId} versions={versions} />}
      />
      {comparison === null ? (
        <Card flush>
          <EmptyState icon="layers" title={t("compare.single")}>
            {t("compare.singleDetail")}
          </EmptyState>
        </Card>
      ) : (
        <ComparisonView comparison={comparison} />
      )}
    </div>
  );
}

interface Pair {
  older: TemplateVersion;
  newer: TemplateVersion;
  otherId: string;
}

/** The version and the one it is held against: the named one, else the one before it, else the one after. */
function pairOf(versions: readonly TemplateVersion[], id: string, withId: string | undefined): Pair | null {
  const at = versions.findIndex((version) => version.id === id);
  const one = versions[at];
  const other =
    versions.find((version) => version.id === withId && version.id !== id) ??
    versions[at + 1] ??
    versions[at - 1];
  if (one === undefined || other === undefined) return null;
  const [older, newer] = one.version < other.version ? [one, other] : [other, one];
  return { older, newer, otherId: other.id };
}
