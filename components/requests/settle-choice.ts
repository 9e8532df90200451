import type { SizeRow } from "@/lib/catalog/sizes/schema";
import type { OfferedTemplate } from "@/lib/catalog/templates/schema";
import { scopeCovers, type CatalogScope, type EnvironmentClass } from "@/lib/vocabulary/environments";

export interface ServiceOffer {
  id: string;
  name: string;
  systemName: string;
  /** False for whoever may only look at its System. */
  mayRequest: boolean;
}

export interface NamespaceOffer {
  name: string;
  description: string;
  environment: string;
  environmentName: string;
  environmentClass: EnvironmentClass;
}

export interface Offer {
  services: readonly ServiceOffer[];
  namespaces: readonly NamespaceOffer[];
  templates: readonly OfferedTemplate[];
  sizes: readonly SizeRow[];
}

export interface Choice {
  serviceId: string;
  namespace: string;
  templateId: string;
  instanceSizeId: string;
}

/** What is wanted so far, such as by a link. */
export type WantedChoice = { [Part in keyof Choice]?: string | undefined };

/** Keeps what can be kept of a choice and fills what has an obvious answer; nothing is offered out of its scope. */
export function settleChoice(offer: Offer, wanted: WantedChoice): Choice {
  const services = offer.services.filter(({ mayRequest }) => mayRequest);
  const service =
    services.find(({ id }) => id === wanted.serviceId) ?? (services.length === 1 ? services[0] : undefined);
  const namespace =
    offer.namespaces.find(({ name }) => name === wanted.namespace) ??
    offer.namespaces.find(({ environmentClass }) => environmentClass === "test") ??
    offer.namespaces[0];
  return {
    serviceId: service?.id ?? "",
    namespace: namespace?.name ?? "",
    templateId: keepOffered(offer.templates, namespace, wanted.templateId),
    instanceSizeId: keepOffered(offer.sizes, namespace, wanted.instanceSizeId),
  };
}

type Scoped = { id: string; catalogScope: CatalogScope };

function keepOffered(
  rows: readonly Scoped[],
  namespace: NamespaceOffer | undefined,
  id: string | undefined,
): string {
  const offered = rows.filter((row) => isOffered(row, namespace));
  return (offered.find((row) => row.id === id) ?? offered[0])?.id ?? "";
}

export function isOffered(row: Pick<Scoped, "catalogScope">, namespace: NamespaceOffer | undefined): boolean {
  return namespace === undefined || scopeCovers(row.catalogScope, namespace.environmentClass);
}
