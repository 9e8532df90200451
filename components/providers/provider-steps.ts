import type { ProviderDetail } from "@/lib/identity/providers/schema";

const providerSteps = ["connection", "people", "field", "values", "mapping", "directory"] as const;
export type ProviderStep = (typeof providerSteps)[number];

/** The guided way through one provider; only a directory can list its people. */
export function stepsOf(hasDirectory: boolean): ProviderStep[] {
  return providerSteps.filter((step) => step !== "directory" || hasDirectory);
}

export function stepHref(providerId: string, step: ProviderStep): string {
  const base = `/admin/identity/${encodeURIComponent(providerId)}`;
  return step === "connection" ? base : `${base}/${step}`;
}

export type StepFacts = Pick<
  ProviderDetail,
  "claimsMapping" | "cohortCount" | "mappingCount" | "peopleCount" | "lastSyncedAt"
>;

export function isStepDone(step: ProviderStep, provider: StepFacts): boolean {
  switch (step) {
    case "connection":
      return true;
    case "people":
      return provider.cohortCount > 0 || provider.peopleCount > 0;
    case "field":
      return provider.claimsMapping.groups !== null;
    case "values":
      return provider.cohortCount > 0;
    case "mapping":
      return provider.mappingCount > 0;
    case "directory":
      return provider.lastSyncedAt !== null || provider.peopleCount > 0;
  }
}
