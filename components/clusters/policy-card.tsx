import { useTranslations } from "next-intl";
import { setClusterPolicyAction } from "@/app/actions/clusters";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import { Switch } from "@/components/ui/switch";
import type { ClusterDetail, ClusterPolicy } from "@/lib/clusters/schema";
import { PolicyStatus } from "./cluster-status";
import { NameList } from "./name-list";

const switches = [
  "allowCpuOvercommit",
  "allowMemoryOvercommit",
  "allowDedicatedCpu",
  "allowGpu",
  "allowSriov",
  "allowHugepages",
  "allowCdiClone",
] as const satisfies (keyof ClusterPolicy)[];

/** What may be placed here; a cluster without a policy gets nothing. */
export function PolicyCard({ cluster, mayWrite }: { cluster: ClusterDetail; mayWrite: boolean }) {
  const t = useTranslations("clusters");
  const { policy } = cluster;
  return (
    <Card
      title={t("policy.title")}
      description={t("policy.description")}
      actions={<PolicyStatus summary={cluster.policySummary} look="boxed" />}
    >
      <ActionForm action={setClusterPolicyAction} successMessage={t("policy.saved")}>
        <fieldset disabled={!mayWrite} className="grid gap-5">
          <HiddenInputs values={{ clusterId: cluster.id }} />
          <div className="grid gap-3">
            {switches.map((name) => (
              <Switch
                key={name}
                name={name}
                label={t(`policy.${name}`)}
                defaultChecked={policy?.[name] ?? true}
              />
            ))}
          </div>
          <HugepageSizes policy={policy} />
          <StorageClasses cluster={cluster} />
          <NameList
            name="allowedCloneSourceNamespaces"
            label={t("policy.cloneSources")}
            hint={t("policy.emptyMeansAny")}
            defaultNames={policy?.allowedCloneSourceNamespaces ?? []}
          />
          <FormMessage visibleFields={[]} />
          {mayWrite && (
            <div>
              <SubmitButton>{t("policy.save")}</SubmitButton>
            </div>
          )}
        </fieldset>
      </ActionForm>
    </Card>
  );
}

function HugepageSizes({ policy }: { policy: ClusterPolicy | null }) {
  const t = useTranslations("clusters");
  return (
    <Choices
      label={t("policy.hugepageSizes")}
      name="allowedHugepagesSizes"
      options={["2Mi", "1Gi"]}
      chosen={policy?.allowedHugepagesSizes ?? []}
    />
  );
}

/** A class that is allowed and no longer found stays in the list, so that saving does not drop it unseen. */
function StorageClasses({ cluster }: { cluster: ClusterDetail }) {
  const t = useTranslations("clusters");
  const chosen = cluster.policy?.allowedStorageClasses ?? [];
  const options = [...new Set([...cluster.storageClasses.map(({ name }) => name), ...chosen])];
  if (options.length === 0) return null;
  return (
    <Choices
      label={t("policy.storageClasses")}
      name="allowedStorageClasses"
      options={options}
      chosen={chosen}
    />
  );
}

interface ChoicesProps {
  label: string;
  name: string;
  options: string[];
  chosen: readonly string[];
}

function Choices({ label, name, options, chosen }: ChoicesProps) {
  const t = useTranslations("clusters");
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-medium">{label}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-2">
        {options.map((option) => (
          <Checkbox
            key={option}
            name={name}
            value={option}
            label={<span className="font-mono text-xs">{option}</span>}
            defaultChecked={chosen.includes(option)}
          />
        ))}
      </div>
      <p className="text-xs text-ink-faint">{t("policy.emptyMeansAny")}</p>
    </fieldset>
  );
}
