import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";

const writeKubeconfig = `SERVER=$(kubectl config view --minify -o jsonpath='{.clusters[0].cluster.server}')
CA=$(kubectl -n kubevirt-shepherd get secret kubevirt-shepherd-token -o jsonpath='{.data.ca\\.crt}')
TOKEN=$(kubectl -n kubevirt-shepherd get secret kubevirt-shepherd-token -o jsonpath='{.data.token}' | base64 -d)
cat <<EOF
apiVersion: v1
kind: Config
current-context: shepherd
clusters: [{name: cluster, cluster: {server: "$SERVER", certificate-authority-data: "$CA"}}]
users: [{name: shepherd, user: {token: "$TOKEN"}}]
contexts: [{name: shepherd, context: {cluster: cluster, user: shepherd}}]
EOF`;

/** How to make an account that may do what the portal does, and nothing more. */
export function AccessHelp({ manifest }: { manifest: string }) {
  const t = useTranslations("clusters");
  return (
    <Card title={t("access.title")} description={t("access.description")}>
      <ol className="grid list-decimal gap-4 pl-5 text-sm marker:text-ink-faint">
        <li className="min-w-0">
          <p className="mb-2">{t("access.apply")}</p>
          <CodeBlock code={manifest} title={"shepherd-access.yaml"} maxHeight="short" />
        </li>
        <li className="min-w-0">
          <p className="mb-2">{t("access.write")}</p>
          <CodeBlock code={writeKubeconfig} title={"sh"} maxHeight="short" />
        </li>
        <li>{t("access.paste")}</li>
      </ol>
    </Card>
  );
}
