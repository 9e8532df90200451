import { useTranslations } from "next-intl";
import { rotateCredentialsAction } from "@/app/actions/clusters";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Dialog } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { TimeAgo } from "@/components/ui/time-ago";
import type { ClusterDetail } from "@/lib/clusters/schema";
import { ConnectionFacts } from "./connection-facts";
import { DialogForm } from "./dialog-form";
import { KubeconfigField } from "./kubeconfig-field";

export function CredentialCard({ cluster, mayWrite }: { cluster: ClusterDetail; mayWrite: boolean }) {
  const t = useTranslations("clusters");
  const { credential } = cluster;
  return (
    <Card
      title={t("credential.title")}
      description={
        credential && t.rich("credential.age", { time: () => <TimeAgo at={credential.rotatedAt} /> })
      }
      actions={mayWrite && <RotateDialog cluster={cluster} />}
    >
      {credential === null ? (
        <EmptyState icon="key" title={t("credential.empty")} />
      ) : (
        <ConnectionFacts connection={credential} />
      )}
    </Card>
  );
}

function RotateDialog({ cluster }: { cluster: ClusterDetail }) {
  const t = useTranslations("clusters");
  return (
    <Dialog
      title={t("credential.replace")}
      description={t("credential.replaceDetail")}
      trigger={<Button size="sm">{t("credential.replace")}</Button>}
      width="lg"
    >
      <DialogForm
        action={rotateCredentialsAction}
        submitLabel={t("credential.replace")}
        successMessage={t("credential.replaced")}
        fields={["kubeconfig"]}
        hidden={{ clusterId: cluster.id }}
      >
        <KubeconfigField clusterId={cluster.id} />
      </DialogForm>
    </Dialog>
  );
}
