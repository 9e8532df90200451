import { useTranslations } from "next-intl";
import type { RoleOffer } from "@/components/accounts/role-fields";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import type { MappingRow } from "@/lib/identity/providers/mapping/schema";
import type { ProviderDetail } from "@/lib/identity/providers/schema";
import { AddMapping } from "./mapping-dialogs";
import type { KnownCohort } from "./mapping-form";
import { MappingTable } from "./mapping-table";
import type { ProviderRights } from "./provider-frame";

type MappingSectionProps = {
  provider: ProviderDetail;
  mappings: readonly MappingRow[];
  cohorts: readonly KnownCohort[];
  /** Null where the reader may not see roles. */
  offer: RoleOffer | null;
  cohortKey: string | undefined;
  may: ProviderRights;
};

/** Which group gives which role, and where. */
export function MappingSection({ provider, mappings, cohorts, offer, cohortKey, may }: MappingSectionProps) {
  const t = useTranslations("providers.mapping");
  const add = offer && may.mapping_create && (
    <AddMapping
      providerId={provider.id}
      kind={provider.claimsMapping.cohortKind}
      cohortKey={cohortKey}
      cohorts={cohorts}
      offer={offer}
    />
  );
  return (
    <Section title={t("title")} description={t("description")} actions={mappings.length > 0 && add}>
      {mappings.length === 0 ? (
        <div className="rounded-lg border bg-surface">
          <EmptyState icon="shield-check" title={t("emptyTitle")} action={add}>
            {t("emptyText")}
          </EmptyState>
        </div>
      ) : (
        <MappingTable providerId={provider.id} mappings={mappings} offer={offer} may={may} />
      )}
      {offer === null && (
        <p className="text-xs text-ink-faint">{t("noOffer", { permission: "rbac:read" })}</p>
      )}
    </Section>
  );
}
