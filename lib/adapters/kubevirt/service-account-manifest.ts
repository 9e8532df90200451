import { stringify } from "yaml";
import { requiredRules } from "./permissions";

const name = "kubevirt-shepherd";
const namespace = "kubevirt-shepherd";

/** The account Shepherd needs and nothing more, ready for `kubectl apply -f -`. */
export function serviceAccountManifest(): string {
  const metadata = { name, labels: { "app.kubernetes.io/name": name } };
  const documents = [
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
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata,
      rules: requiredRules.map(({ apiGroup, resources, verbs }) => ({
        apiGroups: [apiGroup],
        resources,
        verbs,
      })),
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
      subjects: [{ kind: "ServiceAccount", name, namespace }],
    },
  ];
  return documents.map((document) => stringify(document, { aliasDuplicateObjects: false })).join("---\n");
}
