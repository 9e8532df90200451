import { useTranslations } from "next-intl";
import { syncCohortsAction } from "@/app/actions/providers";
import { ActionForm } from "@/components/ui/action-form";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Section } from "@/components/ui/section";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import type { CohortRow } from "@/lib/identity/providers/mapping/schema";
import type { ProviderDetail } from "@/lib/identity/providers/schema";
import { CohortTable } from "./cohort-table";
import { stepHref } from "./provider-steps";

type CohortSectionProps = {
  provider: ProviderDetail;
  cohorts: readonly CohortRow[];
  hasDirectory: boolean;
  maySync: boolean;
};

/** The values of the chosen field: what roles can be given to. */
export function CohortSection({ provider, cohorts, hasDirectory, maySync }: CohortSectionProps) {
  const t = useTranslations("providers.values");
  const field = provider.claimsMapping.groups;
  if (field === null) {
    return (
      <Callout
        tone="warning"
        title={t("noField")}
        actions={<TextLink href={stepHref(provider.id, "field")}>{t("chooseField")}</TextLink>}
      >
        {t("noFieldText")}
      </Callout>
    );
  }
  const sync = maySync && <SyncCohorts providerId={provider.id} isFirst={provider.cohortCount === 0} />;
  return (
    <Section
      title={t("title")}
      description={t(hasDirectory ? "fromDirectory" : "fromSignIns", { field })}
      actions={sync}
    >
      {provider.cohortCount === 0 ? (
        <div className="rounded-lg border bg-surface">
          <EmptyState icon="layers" title={t("emptyTitle")}>
            {t(hasDirectory ? "emptyDirectory" : "emptySignIns")}
          </EmptyState>
        </div>
      ) : (
        <>
          <FilterBar search={{ name: "q", label: t("search") }} />
          <CohortTable providerId={provider.id} cohorts={cohorts} />
        </>
      )}
    </Section>
  );
}

function SyncCohorts({ providerId, isFirst }: { providerId: string; isFirst: boolean }) {
  const t = useTranslations("providers.values");
  return (
    <ActionForm action={syncCohortsAction} successMessage={t("synced")} className="grid max-w-md gap-2">
      <HiddenInputs values={{ providerId }} />
      <FormMessage visibleFields={[]} />
      <SubmitButton variant={isFirst ? "primary" : "secondary"} className="justify-self-end">
        {t("sync")}
      </SubmitButton>
    </ActionForm>
  );
}
