import { stringify } from "yaml";
import { requiredRules } from "./required-rules";

const name = "kubevirt-shepherd";
const namespace = "kubevirt-shepherd";

interface GrantedRule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}

/** The account Shepherd needs and nothing more, ready for `kubectl apply -f -`. */
export function serviceAccountManifest(): string {
  const metadata = metadataOf(name);
  const rules = requiredRules.map(({ apiGroup, resources, verbs }) => ({
    apiGroups: [apiGroup],
    resources,
    verbs,
  }));
  return writeDocuments([
    { apiVersion: "v1", kind: "Namespace", metadata: { ...metadata, name: namespace } },
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { ...metadata, namespace } },
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: {
        ...metadata,
        name: `${name}-token`,
        namespace,
        annotations: { "kubernetes.io/service-account.name": name },
      },
      type: "kubernetes.io/service-account-token",
    },
    ...roleDocuments(name, rules),
  ]);
}

/** A role of its own beside the account's, so that applying it takes nothing away. */
export function missingRulesManifest(
  missing: readonly { apiGroup: string; resource: string; verb: string }[],
): string {
  const rules = new Map<string, GrantedRule>();
  for (const { apiGroup, resource, verb } of missing) {
    const key = `${apiGroup}/${resource}`;
    const rule = rules.get(key) ?? { apiGroups: [apiGroup], resources: [resource], verbs: [] };
    rule.verbs.push(verb);
    rules.set(key, rule);
  }
  return writeDocuments(roleDocuments(`${name}-additions`, [...rules.values()]));
}

function roleDocuments(roleName: string, rules: GrantedRule[]): object[] {
  const apiVersion = "rbac.authorization.k8s.io/v1";
  const metadata = metadataOf(roleName);
  return [
    { apiVersion, kind: "ClusterRole", metadata, rules },
    {
      apiVersion,
      kind: "ClusterRoleBinding",
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: roleName },
      subjects: [{ kind: "ServiceAccount", name, namespace }],
    },
  ];
}

function metadataOf(objectName: string) {
  return { name: objectName, labels: { "app.kubernetes.io/name": name } };
}

function writeDocuments(documents: object[]): string {
  return documents.map((document) => stringify(document, { aliasDuplicateObjects: false })).join("---\n");
}
