import { useTranslations } from "next-intl";
import { updateClusterAction } from "@/app/actions/clusters";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Copyable } from "@/components/ui/copyable";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import type { ClusterDetail } from "@/lib/clusters/schema";
import { DialogForm } from "./dialog-form";

/** Where images go that people upload; mostly the cluster says so itself. */
export function UploadProxyCard({ cluster, mayWrite }: { cluster: ClusterDetail; mayWrite: boolean }) {
  const t = useTranslations("clusters.uploadProxy");
  const { uploadProxyUrl, uploadProxyCa } = cluster;
  return (
    <Card
      title={t("title")}
      description={t("description")}
      actions={mayWrite && <ChangeDialog cluster={cluster} />}
    >
      <DescriptionList>
        <Description term={t("address")}>
          {uploadProxyUrl === null ? (
            <span className="text-ink-faint">{t("fromCluster")}</span>
          ) : (
            <Copyable text={uploadProxyUrl} />
          )}
        </Description>
        <Description term={t("authority")}>
          <span className="text-ink-muted">{t(uploadProxyCa === null ? "fromCluster" : "own")}</span>
        </Description>
      </DescriptionList>
    </Card>
  );
}

function ChangeDialog({ cluster }: { cluster: ClusterDetail }) {
  const t = useTranslations("clusters");
  return (
    <Dialog
      title={t("uploadProxy.title")}
      description={t("uploadProxy.description")}
      trigger={<Button size="sm">{t("actions.edit")}</Button>}
    >
      <DialogForm
        action={updateClusterAction}
        submitLabel={t("actions.save")}
        successMessage={t("actions.saved")}
        fields={["uploadProxyUrl", "uploadProxyCa"]}
        hidden={{ clusterId: cluster.id, version: String(cluster.version) }}
      >
        <Field
          name="uploadProxyUrl"
          label={t("uploadProxy.address")}
          hint={t("uploadProxy.addressHint")}
          optional
        >
          <Input
            mono
            inputMode="url"
            placeholder="https://cdi-uploadproxy.example"
            defaultValue={cluster.uploadProxyUrl ?? ""}
          />
        </Field>
        <Field
          name="uploadProxyCa"
          label={t("uploadProxy.authority")}
          hint={t("uploadProxy.authorityHint")}
          optional
        >
          <Textarea
            mono
            rows={6}
            placeholder={"-----BEGIN CERTIFICATE-----"}
            defaultValue={cluster.uploadProxyCa ?? ""}
            className="text-xs"
          />
        </Field>
      </DialogForm>
    </Dialog>
  );
}
