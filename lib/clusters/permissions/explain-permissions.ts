import {
  indispensablePurposes,
  permissionPurposes,
  requiredRules,
} from "@/lib/adapters/kubevirt/required-rules";
import {
  missingRulesManifest,
  serviceAccountManifest,
} from "@/lib/adapters/kubevirt/service-account-manifest";
import type { ClusterDetail } from "@/lib/clusters/schema";
import type { PermissionReport } from "./schema";

/** What the account may do, purpose by purpose, with the manifest that adds what it lacks. */
export function explainPermissions(missing: ClusterDetail["missingPermissions"]): PermissionReport {
  const purposes = permissionPurposes.map((purpose) => {
    const rules = requiredRules.filter((rule) => rule.purpose === purpose);
    const asked = new Set(
      rules.flatMap(({ apiGroup, resources, verbs }) =>
        resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource}.${apiGroup}`)),
      ),
    );
    const lacking = missing.filter(({ verb, resource, apiGroup }) =>
      asked.has(`${verb} ${resource}.${apiGroup}`),
    );
    return {
      purpose,
      indispensable: indispensablePurposes.includes(purpose),
      ruleCount: asked.size,
      missing: lacking.map(({ apiGroup, resource, verb }) => ({ apiGroup, resource, verb })),
      manifest: lacking.length === 0 ? null : missingRulesManifest(lacking),
    };
  });
  return {
    purposes,
    missingManifest: missing.length === 0 ? null : missingRulesManifest(missing),
    wholeManifest: serviceAccountManifest(),
  };
}
