import { useTranslations } from "next-intl";
import { removeMetricsSourceAction, setMetricsSourceAction } from "@/app/actions/measurements";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { Copyable } from "@/components/ui/copyable";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { Textarea } from "@/components/ui/textarea";
import { TimeAgo } from "@/components/ui/time-ago";
import type { MetricsSource } from "@/lib/clusters/metrics-source/schema";
import { DialogForm } from "./dialog-form";
import { MetricsSourceTestPanel } from "./metrics-source-test";

interface MetricsSourceCardProps {
  clusterId: string;
  source: MetricsSource | null;
  mayWrite: boolean;
}

/** Who measures the cluster's machines: its own metrics API knows the present, a Prometheus their past too. */
export function MetricsSourceCard({ clusterId, source, mayWrite }: MetricsSourceCardProps) {
  const t = useTranslations("clusters.metricsSource");
  return (
    <Card
      title={t("title")}
      description={t("description")}
      actions={
        mayWrite && (
          <>
            {source !== null && <RemoveButton clusterId={clusterId} />}
            <ChangeDialog clusterId={clusterId} source={source} />
          </>
        )
      }
    >
      {source === null ? (
        <p className="text-sm text-ink-muted">{t("none")}</p>
      ) : (
        <div className="grid gap-4">
          <DescriptionList>
            <Description term={t("address")}>
              <Copyable text={source.address} className="max-w-full" />
            </Description>
            <Description term={t("token")}>{t(source.hasToken ? "tokenKept" : "tokenNone")}</Description>
            <Description term={t("authority")}>
              {t(source.caCertificate === null ? "authorityPublic" : "authorityOwn")}
            </Description>
            <Description term={t("changed")}>
              <TimeAgo at={source.updatedAt} />
            </Description>
          </DescriptionList>
          {mayWrite && <MetricsSourceTestPanel clusterId={clusterId} />}
        </div>
      )}
    </Card>
  );
}

function RemoveButton({ clusterId }: { clusterId: string }) {
  const t = useTranslations("clusters.metricsSource");
  return (
    <ConfirmAction
      title={t("remove")}
      description={t("removeDetail")}
      confirmLabel={t("remove")}
      trigger={
        <Button size="sm" variant="ghost">
          {t("remove")}
        </Button>
      }
      action={removeMetricsSourceAction}
      hidden={{ clusterId }}
      tone="danger"
      successMessage={t("removed")}
    />
  );
}

function ChangeDialog({ clusterId, source }: Omit<MetricsSourceCardProps, "mayWrite">) {
  const t = useTranslations("clusters");
  return (
    <Dialog
      title={t("metricsSource.title")}
      description={t("metricsSource.dialog")}
      trigger={<Button size="sm">{t(source === null ? "metricsSource.add" : "actions.edit")}</Button>}
    >
      <DialogForm
        action={setMetricsSourceAction}
        submitLabel={t("actions.save")}
        successMessage={t("actions.saved")}
        fields={["address", "token", "caCertificate", "withoutToken"]}
        hidden={{ clusterId }}
      >
        <SourceFields source={source} />
      </DialogForm>
    </Dialog>
  );
}

function SourceFields({ source }: Pick<MetricsSourceCardProps, "source">) {
  const t = useTranslations("clusters.metricsSource");
  return (
    <>
      <Field name="address" label={t("address")} hint={t("addressHint")}>
        <Input
          mono
          inputMode="url"
          placeholder="https://prometheus.example:9091"
          defaultValue={source?.address ?? ""}
        />
      </Field>
      <Field
        name="token"
        label={t("token")}
        hint={t(source?.hasToken === true ? "tokenStays" : "tokenHint")}
        optional
      >
        <PasswordInput autoComplete="off" />
      </Field>
      {source?.hasToken === true && <Checkbox name="withoutToken" label={t("withoutToken")} />}
      <Field name="caCertificate" label={t("authority")} hint={t("authorityHint")} optional>
        <Textarea
          mono
          rows={6}
          placeholder={"-----BEGIN CERTIFICATE-----"}
          defaultValue={source?.caCertificate ?? ""}
          className="text-xs"
        />
      </Field>
    </>
  );
}
