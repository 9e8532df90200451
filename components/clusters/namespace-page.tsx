import { useTranslations } from "next-intl";
import { recheckNamespaceAction } from "@/app/actions/clusters";
import { ActionForm } from "@/components/ui/action-form";
import { Badge } from "@/components/ui/badge";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Copyable } from "@/components/ui/copyable";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { TimeAgo } from "@/components/ui/time-ago";
import type { NamespacePlace, NamespaceUse } from "@/lib/clusters/namespaces/schema";
import type { NamespaceRow } from "@/lib/clusters/schema";
import { EditNamespace, RemoveNamespace } from "./namespace-actions";
import { NamespaceOpenness } from "./namespace-table";
import { PlaceTable } from "./place-table";

interface NamespacePageProps {
  namespace: NamespaceRow;
  use: NamespaceUse;
  /** Null for whoever may not see clusters. */
  places: NamespacePlace[] | null;
  mayWrite: boolean;
}

export function NamespacePage({ namespace, use, places, mayWrite }: NamespacePageProps) {
  const t = useTranslations("clusters");
  return (
    <div className="grid min-w-0 gap-5">
      <PageHeader
        title={<span className="font-mono">{namespace.name}</span>}
        description={namespace.description}
        breadcrumbs={[{ label: t("namespaces.title"), href: "/admin/namespaces" }, { label: namespace.name }]}
        badges={
          <>
            <NamespaceOpenness enabled={namespace.enabled} />
            <Badge>{namespace.environment}</Badge>
          </>
        }
        actions={
          mayWrite && (
            <>
              <EditNamespace namespace={namespace} />
              <RemoveNamespace namespace={namespace} use={use} />
            </>
          )
        }
      />
      {!namespace.enabled && <Callout tone="neutral" title={t("namespaces.closedNotice")} />}
      <div className="grid min-w-0 items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        {places !== null && <PlacesCard namespace={namespace} places={places} />}
        <FactsCard namespace={namespace} use={use} />
      </div>
    </div>
  );
}

function PlacesCard({ namespace, places }: { namespace: NamespaceRow; places: NamespacePlace[] }) {
  const t = useTranslations("clusters.places");
  return (
    <Card
      title={t("title")}
      description={t("description", { environment: namespace.environment })}
      actions={
        <ActionForm
          action={recheckNamespaceAction}
          successMessage={t("looked")}
          className="grid justify-items-start gap-2"
        >
          <HiddenInputs values={{ namespaceId: namespace.id }} />
          <SubmitButton variant="secondary" size="sm">
            <Icon name="refresh" />
            {t("look")}
          </SubmitButton>
          <FormMessage />
        </ActionForm>
      }
      flush
    >
      {places.length === 0 ? (
        <p className="p-4 text-sm text-ink-muted">{t("empty", { environment: namespace.environment })}</p>
      ) : (
        <PlaceTable places={places} name={namespace.name} />
      )}
    </Card>
  );
}

function FactsCard({ namespace, use }: { namespace: NamespaceRow; use: NamespaceUse }) {
  const t = useTranslations("clusters");
  return (
    <Card title={t("facts.title")}>
      <DescriptionList>
        <Description term={t("fields.name")}>
          <Copyable text={namespace.name} />
        </Description>
        <Description term={t("fields.environment")}>
          <Badge>{namespace.environment}</Badge>
        </Description>
        <Description term={t("owner.label")}>{namespace.ownerName ?? t("owner.nobodyYet")}</Description>
        <Description term={t("namespaces.machines")}>{use.vms}</Description>
        <Description term={t("namespaces.services")}>{use.services}</Description>
        <Description term={t("namespaces.requests")}>{use.requests}</Description>
        <Description term={t("namespaces.created")}>
          <TimeAgo at={namespace.createdAt} />
        </Description>
      </DescriptionList>
      <p className="mt-4 text-xs text-ink-faint">{t("namespaces.immutable")}</p>
    </Card>
  );
}
