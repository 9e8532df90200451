import { useTranslations } from "next-intl";
import { detectClusterAction } from "@/app/actions/clusters";
import { ActionForm } from "@/components/ui/action-form";
import { Badge } from "@/components/ui/badge";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Icon } from "@/components/ui/icon";
import { StatusBadge } from "@/components/ui/status-badge";
import { SubmitButton } from "@/components/ui/submit-button";
import type { PermissionReport } from "@/lib/clusters/permissions/schema";
import type { ClusterDetail } from "@/lib/clusters/schema";
import { PartAge } from "./part-age";

interface PermissionsCardProps {
  cluster: ClusterDetail;
  report: PermissionReport;
  mayWrite: boolean;
}

/** What the account in the kubeconfig lacks for each purpose, and the manifest that grants it. */
export function PermissionsCard({ cluster, report, mayWrite }: PermissionsCardProps) {
  const t = useTranslations("clusters.permissions");
  const lacking = report.purposes.filter(({ missing }) => missing.length > 0);
  const isLooked = cluster.readAt.permissions !== undefined;
  return (
    <Card
      title={t("title")}
      description={t("description")}
      actions={
        <>
          <PartAge at={cluster.readAt.permissions} />
          {mayWrite && <CheckAgain clusterId={cluster.id} />}
        </>
      }
      flush
    >
      <div className="grid gap-4 p-4">
        {isLooked && lacking.length === 0 && <Callout tone="success" title={t("complete")} />}
        {report.missingManifest !== null && (
          <Callout tone="warning" title={t("missing", { count: cluster.missingPermissions.length })}>
            <p className="mb-2">{t("missingDetail")}</p>
            <CodeBlock code={report.missingManifest} title={t("additions")} maxHeight="short" />
          </Callout>
        )}
      </div>
      <ul className="divide-y border-y">
        {report.purposes.map((purpose) => (
          <PurposeRow key={purpose.purpose} purpose={purpose} isLooked={isLooked} />
        ))}
      </ul>
      <details className="group p-4">
        <summary className="cursor-pointer text-sm font-medium">{t("whole")}</summary>
        <CodeBlock code={report.wholeManifest} title={"shepherd-access.yaml"} className="mt-3" />
      </details>
    </Card>
  );
}

function CheckAgain({ clusterId }: { clusterId: string }) {
  const t = useTranslations("clusters");
  return (
    <ActionForm action={detectClusterAction} successMessage={t("actions.looking")}>
      <HiddenInputs values={{ clusterId }} />
      <SubmitButton variant="secondary" size="sm">
        <Icon name="refresh" />
        {t("permissions.again")}
      </SubmitButton>
    </ActionForm>
  );
}

type Purpose = PermissionReport["purposes"][number];

function PurposeRow({ purpose, isLooked }: { purpose: Purpose; isLooked: boolean }) {
  const t = useTranslations("clusters");
  const { missing, indispensable, manifest, ruleCount } = purpose;
  const isWhole = missing.length === 0;
  const state = !isLooked
    ? ({ tone: "neutral", icon: "unknown", label: t("unknown") } as const)
    : isWhole
      ? ({ tone: "success", icon: "done", label: t("permissions.held", { count: ruleCount }) } as const)
      : ({
          tone: indispensable ? "danger" : "warning",
          icon: indispensable ? "failed" : "warning",
          label: t("permissions.lacks", { missing: missing.length, count: ruleCount }),
        } as const);
  return (
    <li className="grid gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
          {t(`purpose.${purpose.purpose}.label`)}
          {indispensable && <Badge>{t("permissions.indispensable")}</Badge>}
        </p>
        <StatusBadge {...state} look="plain" />
      </div>
      {!isWhole && (
        <>
          <p className="text-xs text-ink-muted">{t(`purpose.${purpose.purpose}.without`)}</p>
          <ul className="flex flex-wrap gap-1.5">
            {missing.map(({ apiGroup, resource, verb }) => (
              <li
                key={`${verb} ${apiGroup}/${resource}`}
                className="rounded-sm border bg-sunken px-1.5 font-mono text-2xs leading-5 break-all"
              >
                {verb} {apiGroup === "" ? resource : `${resource}.${apiGroup}`}
              </li>
            ))}
          </ul>
          {manifest !== null && (
            <details>
              <summary className="cursor-pointer text-xs text-accent-ink">{t("permissions.add")}</summary>
              <CodeBlock code={manifest} maxHeight="short" className="mt-2" />
            </details>
          )}
        </>
      )}
    </li>
  );
}
