import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { apiRoutes } from "@/app/_http/api-routes";
import { describeApi, listOperations, tagOf } from "@/app/_http/openapi";
import { OperationCard, type OperationDescription } from "@/components/api-document/operation-card";
import { Logo } from "@/components/shell/logo";
import { TextLink } from "@/components/ui/text-link";

type ApiDocument = { paths: Record<string, Record<string, OperationDescription>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("identity");
  return { title: t("apiDocument.title") };
}

/** The same document as openapi.json, to read. */
export default async function ApiDocumentPage() {
  const t = await getTranslations("identity");
  // describeApi writes exactly what the card reads; JSON has no other types to go wrong.
  const { paths } = describeApi(await listOperations(apiRoutes())) as ApiDocument;
  const groups = Object.entries(Object.groupBy(Object.entries(paths), ([path]) => tagOf(path))).sort();
  return (
    <div className="mx-auto grid w-full max-w-6xl grid-cols-1 gap-6 px-4 py-6 sm:px-6">
      <header className="grid gap-2">
        <Logo />
        <h1 className="mt-4 text-2xl font-semibold">{t("apiDocument.title")}</h1>
        <p className="max-w-prose text-sm text-ink-muted">{t("apiDocument.description")}</p>
        <p className="text-sm">
          <TextLink href="/api/v1/openapi.json" prefetch={false}>
            {"openapi.json"}
          </TextLink>
        </p>
        <nav aria-label={t("apiDocument.groups")} className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
          {groups.map(([tag]) => (
            <a key={tag} href={`#${tag}`} className="text-accent-ink hover:underline">
              {tag}
            </a>
          ))}
        </nav>
      </header>
      <main className="grid grid-cols-1 gap-6">
        {groups.map(([tag, entries = []]) => (
          <section key={tag} id={tag} className="min-w-0 scroll-mt-4">
            <h2 className="mb-2 font-mono text-sm font-semibold">{tag}</h2>
            <div className="overflow-clip rounded-lg border bg-surface">
              {entries.flatMap(([path, operations]) =>
                Object.entries(operations).map(([method, operation]) => (
                  <OperationCard
                    key={operation.operationId}
                    method={method}
                    path={path}
                    operation={operation}
                  />
                )),
              )}
            </div>
          </section>
        ))}
      </main>
    </div>
  );
}
