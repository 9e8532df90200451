import type { SizeRow } from "@/lib/catalog/sizes/schema";
import type { OfferedTemplate } from "@/lib/catalog/templates/schema";
import type { NamespaceRow } from "@/lib/clusters/schema";
import type { ServiceRow, SystemRow } from "@/lib/systems/schema";
import type { EnvironmentClass } from "@/lib/vocabulary/environments";
import type { NamespaceOffer, Offer } from "./settle-choice";

interface Sources {
  services: readonly ServiceRow[];
  systems: readonly SystemRow[];
  namespaces: readonly NamespaceRow[];
  environments: readonly { name: string; class: string; displayName: string }[];
  templates: readonly OfferedTemplate[];
  sizes: readonly SizeRow[];
  isAdministrator: boolean;
}

/** What the form offers, from the rows it is made of; only what the browser needs of them. */
export function offerOf({
  services,
  systems,
  namespaces,
  environments,
  isAdministrator,
  ...catalogue
}: Sources): Offer {
  const roles = new Map(systems.map(({ id, role }) => [id, role]));
  return {
    services: services
      .map(({ id, name, systemId, systemName }) => ({
        id,
        name,
        systemName,
        mayRequest: isAdministrator || roles.get(systemId) !== "viewer",
      }))
      .sort((a, b) => a.systemName.localeCompare(b.systemName) || a.name.localeCompare(b.name)),
    namespaces: environments.flatMap((environment) =>
      namespaces
        .filter((namespace) => namespace.environment === environment.name)
        .map((namespace) => namespaceOffer(namespace, environment)),
    ),
    templates: catalogue.templates.toSorted(
      (a, b) => a.osFamily.localeCompare(b.osFamily) || a.displayName.localeCompare(b.displayName),
    ),
    sizes: catalogue.sizes,
  };
}

function namespaceOffer(
  { name, description }: NamespaceRow,
  environment: { name: string; class: string; displayName: string },
): NamespaceOffer {
  return {
    name,
    description,
    environment: environment.name,
    environmentName: environment.displayName,
    environmentClass: classOf(environment.class),
  };
}

/** Whatever is not known to be for tests is treated as production. */
function classOf(name: string): EnvironmentClass {
  return name === "test" ? "test" : "prod";
}

/** What there is none of yet, so that nothing can be asked for. */
export type MissingPart = "services" | "namespaces" | "templates" | "sizes";

export function missingPart(offer: Offer): MissingPart | null {
  const parts = ["services", "namespaces", "templates", "sizes"] as const;
  return parts.find((part) => offer[part].length === 0) ?? null;
}
