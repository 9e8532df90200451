import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext } from "@/app/_http/current-context";
import { RequestTable } from "@/components/requests/request-table";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/text-link";
import { VmTable } from "@/components/vms/vm-table";
import { listOwnPermissions } from "@/lib/access/queries";
import { countQueue, listRequests } from "@/lib/requests/queries";
import { platformAdmin, type Permission } from "@/lib/vocabulary/permissions";
import { listVms } from "@/lib/vms/queries";

const shown = 5;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("home");
  return { title: t("title") };
}

/** What needs me, what is mine, what is running. */
export default async function HomePage() {
  const ctx = await requireContext();
  const t = await getTranslations("home");
  const [permissions, waiting, requests, vms] = await Promise.all([
    listOwnPermissions(ctx),
    countQueue(ctx),
    listRequests(ctx, { perPage: shown, mine: true }),
    listVms(ctx, { perPage: shown }),
  ]);
  const request = mayRequest(permissions) && (
    <LinkButton href="/vms/new" variant="primary">
      {t("request")}
    </LinkButton>
  );
  return (
    <>
      <PageHeader title={t("hello", { name: ctx.actor.displayName })} actions={request} />
      {waiting > 0 && (
        <Callout tone="warning" actions={<LinkButton href="/approvals">{t("openQueue")}</LinkButton>}>
          {t("waiting", { count: waiting })}
        </Callout>
      )}
      <Section title={t("machines")} actions={<TextLink href="/vms">{t("all")}</TextLink>}>
        {vms.items.length > 0 ? (
          <VmTable vms={vms.items} />
        ) : (
          <Card flush>
            <EmptyState icon="monitor" title={t("machinesEmpty")} action={request}>
              {t("machinesEmptyExplanation")}
            </EmptyState>
          </Card>
        )}
      </Section>
      <Section title={t("mine")} actions={<TextLink href="/requests">{t("all")}</TextLink>}>
        {requests.items.length > 0 ? (
          <RequestTable requests={requests.items} withRequester={false} caption={t("mine")} />
        ) : (
          <Card flush>
            <EmptyState icon="inbox" title={t("mineEmpty")} />
          </Card>
        )}
      </Section>
    </>
  );
}

function mayRequest(permissions: readonly Permission[]): boolean {
  return permissions.includes("vm:create") || permissions.includes(platformAdmin);
}
