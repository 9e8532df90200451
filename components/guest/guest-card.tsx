import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Copyable } from "@/components/ui/copyable";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { TimeAgo } from "@/components/ui/time-ago";
import type { GuestFacts, GuestView } from "@/lib/vms/guest/schema";
import { AgentHelp } from "./agent-help";
import { FilesystemList } from "./filesystem-list";
import { GuestUsers } from "./guest-users";
import { KeepFresh } from "./keep-fresh";

/** Asked again while somebody looks, once it is older than this. */
const freshSeconds = 60;

/** What is inside the machine, by its own agent, with who said so and when. */
export function GuestCard({ guest }: { guest: GuestView }) {
  const t = useTranslations("guest");
  return (
    <Card
      title={t("card.title")}
      description={<Source guest={guest} />}
      actions={<AgentBadge guest={guest} />}
    >
      {guest.isRunning && (
        <KeepFresh
          path={`/api/v1/vms/${guest.vmId}/guest`}
          everySeconds={freshSeconds}
          observedAt={guest.observedAt}
        />
      )}
      <div className="grid min-w-0 gap-4">
        <Notice guest={guest} />
        {guest.facts !== null && <Facts facts={guest.facts} />}
        {guest.facts === null && guest.isRunning && guest.state === null && <FirstLook />}
      </div>
    </Card>
  );
}

function Source({ guest: { facts, factsAt, state } }: { guest: GuestView }) {
  const t = useTranslations("guest.card");
  if (facts === null || factsAt === null) return t("description");
  const source = state === "connected" || facts.agentVersion !== null ? "fromAgent" : "fromCluster";
  return t.rich(source, { time: () => <TimeAgo at={factsAt} /> });
}

function AgentBadge({ guest: { state, facts } }: { guest: GuestView }) {
  const t = useTranslations("guest.agent");
  if (state === "connected")
    return <Badge tone="success">{t("connected", { version: facts?.agentVersion ?? "–" })}</Badge>;
  return state === "absent" ? <Badge tone="warning">{t("absent")}</Badge> : null;
}

function Notice({ guest }: { guest: GuestView }) {
  const t = useTranslations("guest.state");
  if (!guest.isRunning) {
    return guest.facts === null ? (
      <EmptyState icon="stopped" title={t("stopped.title")} className="py-6">
        {t("stopped.detail")}
      </EmptyState>
    ) : (
      <p className="text-sm text-ink-muted">{t("stopped.former")}</p>
    );
  }
  if (guest.state === "absent") return <AgentHelp osFamily={guest.osFamily} />;
  if (guest.state !== "denied" && guest.state !== "unreachable") return null;
  return (
    <Callout tone="warning" title={t(`${guest.state}.title`)}>
      <p>{t(`${guest.state}.detail`)}</p>
      {guest.message !== null && <p className="mt-1 font-mono text-xs break-words">{guest.message}</p>}
    </Callout>
  );
}

function FirstLook() {
  const t = useTranslations("guest.card");
  return (
    <div role="status" className="grid gap-2">
      <p className="text-sm text-ink-muted">{t("asking")}</p>
      <Skeleton className="h-3 w-3/4" />
      <Skeleton className="h-3 w-1/2" />
      <Skeleton className="h-3 w-2/3" />
    </div>
  );
}

function Facts({ facts }: { facts: GuestFacts }) {
  const t = useTranslations("guest.fact");
  const { os, hostname, timezone, users, filesystems } = facts;
  return (
    <>
      <DescriptionList>
        {os !== null && (
          <Description term={t("os")}>
            {[os.name, os.machine].filter((word) => word !== null).join(" · ") || t("unknown")}
          </Description>
        )}
        {os?.kernel && (
          <Description term={t("kernel")}>
            <span className="font-mono text-[0.92em]">{os.kernel}</span>
          </Description>
        )}
        {hostname !== null && (
          <Description term={t("hostname")}>
            <Copyable text={hostname} className="max-w-full" />
          </Description>
        )}
        {timezone !== null && <Description term={t("timezone")}>{timezone}</Description>}
        <Addresses interfaces={facts.interfaces} />
        {users !== null && (
          <Description term={t("users")}>
            <GuestUsers users={users} />
          </Description>
        )}
      </DescriptionList>
      {filesystems !== null && <FilesystemList filesystems={filesystems} />}
    </>
  );
}

function Addresses({ interfaces }: Pick<GuestFacts, "interfaces">) {
  const t = useTranslations("guest.fact");
  const named = interfaces.filter(({ addresses }) => addresses.length > 0);
  if (named.length === 0) return null;
  return (
    <Description term={t("addresses")}>
      <ul className="grid gap-0.5">
        {named.flatMap((one) =>
          one.addresses.map((address) => (
            <li
              key={`${one.name ?? one.guestName}/${address}`}
              className="flex min-w-0 flex-wrap items-center gap-x-2"
            >
              <Copyable text={address} className="max-w-full" />
              <span className="text-xs text-ink-faint">{one.guestName ?? one.name}</span>
            </li>
          )),
        )}
      </ul>
    </Description>
  );
}
