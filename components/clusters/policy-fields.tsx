import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import { Switch } from "@/components/ui/switch";
import type { PolicyReach } from "@/lib/clusters/policies/schema";
import type { ClusterPolicy } from "@/lib/clusters/schema";
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

interface PolicyFieldsProps {
  policy: ClusterPolicy | null;
  storageClasses: readonly string[];
  /** How much of the catalogue each rule speaks of; null where no cluster is there yet. */
  reach: PolicyReach | null;
  /** Before each input's name, such as `policy.`. */
  prefix?: string;
}

/** The rules, each with what it refuses now. */
export function PolicyFields({ policy, storageClasses, reach, prefix = "" }: PolicyFieldsProps) {
  const t = useTranslations("clusters.policy");
  const hugepages = policy?.allowedHugepagesSizes ?? [];
  const classes = policy?.allowedStorageClasses ?? [];
  return (
    <>
      <div className="grid gap-3.5">
        {switches.map((name) => (
          <Switch
            key={name}
            name={prefix + name}
            label={t(name)}
            description={<Reach name={name} isAllowed={policy?.[name] ?? true} reach={reach} />}
            defaultChecked={policy?.[name] ?? true}
          />
        ))}
      </div>
      <Choices
        label={t("hugepageSizes")}
        name={`${prefix}allowedHugepagesSizes`}
        options={["2Mi", "1Gi"]}
        chosen={hugepages}
        counts={reach?.hugepagesSizes}
      />
      <Choices
        label={t("storageClasses")}
        name={`${prefix}allowedStorageClasses`}
        // A class that is allowed and no longer found stays in the list, so that saving does not drop it unseen.
        options={[...new Set([...storageClasses, ...classes])]}
        chosen={classes}
      />
      <NameList
        name={`${prefix}allowedCloneSourceNamespaces`}
        label={t("cloneSources")}
        hint={t("emptyMeansAny")}
        defaultNames={policy?.allowedCloneSourceNamespaces ?? []}
      />
    </>
  );
}

interface ReachProps {
  name: (typeof switches)[number];
  isAllowed: boolean;
  reach: PolicyReach | null;
}

function Reach({ name, isAllowed, reach }: ReachProps) {
  const t = useTranslations("clusters.policy");
  if (reach === null) return null;
  const kind = name === "allowCdiClone" ? "templates" : "sizes";
  const count = reach[name];
  const total = reach[kind];
  if (count === 0) return t(`${kind}.none`);
  return isAllowed ? (
    t(`${kind}.need`, { count, total })
  ) : (
    <span className="font-medium text-warning">{t(`${kind}.refused`, { count, total })}</span>
  );
}

interface ChoicesProps {
  label: string;
  name: string;
  options: string[];
  chosen: readonly string[];
  counts?: Record<string, number> | undefined;
}

function Choices({ label, name, options, chosen, counts }: ChoicesProps) {
  const t = useTranslations("clusters.policy");
  if (options.length === 0) return null;
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-medium">{label}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-2">
        {options.map((option) => (
          <Checkbox
            key={option}
            name={name}
            value={option}
            label={
              <span className="font-mono text-xs">
                {option}
                {counts !== undefined && <span className="text-ink-faint"> · {counts[option] ?? 0}</span>}
              </span>
            }
            defaultChecked={chosen.includes(option)}
          />
        ))}
      </div>
      <p className="text-xs text-ink-faint">{t("emptyMeansAny")}</p>
    </fieldset>
  );
}
