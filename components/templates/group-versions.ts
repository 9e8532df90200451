import type { CatalogueRow } from "@/lib/catalog/templates/schema";

export interface TemplateGroup {
  name: string;
  /** What stands for the name: the active version, else the newest. */
  lead: CatalogueRow;
  versions: CatalogueRow[];
}

/** The rows of a page, which come by name and newest first, as one entry for each name. */
export function groupVersions(rows: readonly CatalogueRow[]): TemplateGroup[] {
  const groups: TemplateGroup[] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last?.name === row.name) last.versions.push(row);
    else groups.push({ name: row.name, lead: row, versions: [row] });
  }
  return groups.map((group) => ({
    ...group,
    lead: group.versions.find(({ status }) => status === "active") ?? group.lead,
  }));
}
