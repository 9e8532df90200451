/** An environment's class gives its default policy (spec §0.5). */
export const environmentClasses = ["test", "prod"] as const;
export type EnvironmentClass = (typeof environmentClasses)[number];

/** Where a template or size may be offered; unclassified is offered nowhere. */
export const catalogScopes = ["unclassified", "test", "prod", "all"] as const;
export type CatalogScope = (typeof catalogScopes)[number];

export const seededEnvironments = [
  { name: "test", class: "test", displayName: "Test", sortOrder: 10 },
  { name: "prod", class: "prod", displayName: "Production", sortOrder: 20 },
] as const;

export function scopeCovers(scope: CatalogScope, environmentClass: EnvironmentClass): boolean {
  return scope === "all" || scope === environmentClass;
}
