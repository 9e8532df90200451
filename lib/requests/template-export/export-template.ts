import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import { renderChart } from "./chart/render-chart";
import { chartNameOf, chartVersionOf } from "./chart/rules";
import { makeArchive } from "./make-archive";
import { renderPlainYaml } from "./render-plain-yaml";
import { resolveExport, type ResolvedExport } from "./resolve-export";
import type { ExportedFile, ExportTemplate } from "./schema";

/** A template with a size, to be run without the portal; secrets stay behind (spec §5.24). */
export function exportTemplate(ctx: Context, input: ExportTemplate): Promise<ExportedFile> {
  return inTransaction(async (tx) => {
    const found = await resolveExport(tx, ctx, input);
    const file = input.format === "helm" ? await renderHelm(found) : renderYaml(found);
    await recordAudit(tx, asAdministrator(ctx), {
      action: "template.export",
      resource: { type: "template", id: found.template.id, name: found.template.name },
      details: { format: input.format, version: found.template.version, size: found.size.name },
    });
    return file;
  });
}

/** Taking a copy changes nothing, so it may be done in somebody else's view: the record names who did it. */
function asAdministrator(ctx: Context): Context {
  if (ctx.actor.kind !== "person" || ctx.actor.viewedBy === null) return ctx;
  return { ...ctx, actor: { ...ctx.actor, ...ctx.actor.viewedBy, viewedBy: null } };
}

function renderYaml(found: ResolvedExport): ExportedFile {
  return {
    name: `${chartNameOf(found)}-v${found.template.version}.yaml`,
    mediaType: "application/yaml",
    bytes: new TextEncoder().encode(renderPlainYaml(found)),
  };
}

async function renderHelm(found: ResolvedExport): Promise<ExportedFile> {
  return {
    name: `${chartNameOf(found)}-${chartVersionOf(found)}.tgz`,
    mediaType: "application/gzip",
    bytes: await makeArchive(chartNameOf(found), renderChart(found)),
  };
}
