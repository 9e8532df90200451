import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { NeedsYou } from "@/components/home/needs-you";
import { RequestTable } from "@/components/requests/request-table";
import { PageInterests } from "@/components/shell/page-interests";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/text-link";
import { VmTable } from "@/components/vms/vm-table";
import { listOwnPermissions } from "@/lib/access/queries";
import { listUpcoming } from "@/lib/requests/lifetimes/queries";
import { countQueue, listQueue, listRequests } from "@/lib/requests/queries";
import { listVms } from "@/lib/vms/list/queries";
import { platformAdmin, type Permission } from "@/lib/vocabulary/permissions";

const shown = 5;
/** A machine that ends within this time is worth a thought today. */
const endingDays = 7;
const dayMs = 86_400_000;
const inTrouble = "status:failed,pending,not_found,unknown";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("home");
  return { title: t("title") };
}

/** What needs me, what is in trouble, what is mine: a fixed number of statements, a few rows of each. */
export default async function HomePage() {
  const ctx = await requireContext();
  const t = await getTranslations("home");
  const { permissions, waiting, decisions, requests, vms, troubled, endings } = await readHome(ctx);
  const questions = requests.filter(
    ({ status, infoRequestedAt }) => status === "PENDING" && infoRequestedAt !== null,
  );
  const request = mayRequest(permissions) && (
    <LinkButton href="/vms/new" variant="primary">
      {t("request")}
    </LinkButton>
  );
  return (
    <>
      <PageInterests interests={[...new Set([...vms, ...troubled].map(({ id }) => `vm:${id}`)), "vm+"]} />
      <PageHeader title={t("hello", { name: ctx.actor.displayName })} actions={request} />
      <NeedsYou decisions={decisions} waiting={waiting} questions={questions} endings={endings} />
      {troubled.length > 0 && (
        <Section
          title={t("trouble")}
          description={t("troubleExplanation")}
          actions={<TextLink href={`/vms?q=${encodeURIComponent(inTrouble)}`}>{t("all")}</TextLink>}
        >
          <VmTable vms={troubled} />
        </Section>
      )}
      <Section title={t("machines")} actions={<TextLink href="/vms">{t("all")}</TextLink>}>
        {vms.length > 0 ? (
          <VmTable vms={vms} />
        ) : (
          <Card flush>
            <EmptyState icon="monitor" title={t("machinesEmpty")} action={request}>
              {t("machinesEmptyExplanation")}
            </EmptyState>
          </Card>
        )}
      </Section>
      <Section title={t("mine")} actions={<TextLink href="/requests">{t("all")}</TextLink>}>
        {requests.length > 0 ? (
          <RequestTable requests={requests} withRequester={false} caption={t("mine")} />
        ) : (
          <Card flush>
            <EmptyState icon="inbox" title={t("mineEmpty")} />
          </Card>
        )}
      </Section>
    </>
  );
}

async function readHome(ctx: PersonContext) {
  const page = { perPage: shown };
  const upTo = new Date(ctx.now.getTime() + endingDays * dayMs);
  const [permissions, waiting, decisions, requests, vms, troubled, upcoming] = await Promise.all([
    listOwnPermissions(ctx),
    countQueue(ctx),
    listQueue(ctx, { ...page, view: "mine" }),
    listRequests(ctx, { ...page, mine: true }),
    listVms(ctx, page),
    listVms(ctx, { ...page, q: inTrouble }),
    listUpcoming(ctx, { from: ctx.now, to: upTo }),
  ]);
  const endings = upcoming.filter(({ kind }) => kind === "expiry").slice(0, shown);
  return {
    ...{ permissions, waiting, endings },
    ...{ decisions: decisions.items, requests: requests.items, vms: vms.items, troubled: troubled.items },
  };
}

function mayRequest(permissions: readonly Permission[]): boolean {
  return permissions.includes("vm:create") || permissions.includes(platformAdmin);
}
