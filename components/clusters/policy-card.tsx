import { useTranslations } from "next-intl";
import { setClusterPolicyAction } from "@/app/actions/clusters";
import { ActionForm } from "@/components/ui/action-form";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import type { PolicyReach } from "@/lib/clusters/policies/schema";
import type { ClusterDetail } from "@/lib/clusters/schema";
import { PolicyStatus } from "./cluster-status";
import { PolicyFields } from "./policy-fields";

interface PolicyCardProps {
  cluster: ClusterDetail;
  reach: PolicyReach;
  mayWrite: boolean;
}

/** What may be placed here; a cluster without a policy gets nothing. */
export function PolicyCard({ cluster, reach, mayWrite }: PolicyCardProps) {
  const t = useTranslations("clusters.policy");
  const { policy } = cluster;
  return (
    <Card
      title={t("title")}
      description={t("description")}
      actions={<PolicyStatus summary={cluster.policySummary} look="boxed" />}
    >
      <ActionForm action={setClusterPolicyAction} successMessage={t("saved")}>
        <fieldset disabled={!mayWrite} className="grid gap-5">
          {policy === null && (
            <Callout tone="danger" title={t("missing")}>
              {t("missingDetail")}
            </Callout>
          )}
          <HiddenInputs values={{ clusterId: cluster.id }} />
          <PolicyFields
            policy={policy}
            storageClasses={cluster.storageClasses.map(({ name }) => name)}
            reach={reach}
          />
          <FormMessage visibleFields={[]} />
          {mayWrite && (
            <div>
              <SubmitButton>{t(policy === null ? "give" : "save")}</SubmitButton>
            </div>
          )}
        </fieldset>
      </ActionForm>
    </Card>
  );
}
