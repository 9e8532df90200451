import { useTranslations } from "next-intl";
import { retryDeliveryAction } from "@/app/actions/notices";
import { ActionForm } from "@/components/ui/action-form";
import { Badge } from "@/components/ui/badge";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import type { IconName } from "@/components/ui/icon";
import { StatusBadge } from "@/components/ui/status-badge";
import { SubmitButton } from "@/components/ui/submit-button";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { Tone } from "@/components/ui/tones";
import type { DeliveryRow } from "@/lib/notifications/deliveries/schema";

/** What left the portal, and what did not and why. */
export function DeliveryTable({ deliveries }: { deliveries: readonly DeliveryRow[] }) {
  const t = useTranslations("notices.delivery");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell>{t("status")}</HeadCell>
        <HeadCell className="w-full">{t("what")}</HeadCell>
        <HeadCell>{t("place")}</HeadCell>
        <HeadCell className="sm:text-right">{t("attempts")}</HeadCell>
        <HeadCell>{t("when")}</HeadCell>
        <HeadCell>
          <span className="sr-only">{t("again")}</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {deliveries.map((delivery) => (
          <DeliveryTableRow key={delivery.id} delivery={delivery} />
        ))}
      </TableBody>
    </Table>
  );
}

function DeliveryTableRow({ delivery }: { delivery: DeliveryRow }) {
  const t = useTranslations("notices");
  return (
    <TableRow>
      <TableCell label={t("delivery.status")} className="align-top sm:py-2">
        <DeliveryState delivery={delivery} />
      </TableCell>
      <TableCell label={t("delivery.what")} className="max-w-0 align-top max-sm:max-w-none sm:py-2">
        <span className="grid min-w-0 gap-0.5">
          <span className="flex flex-wrap items-center gap-2">
            {delivery.purpose === "digest" ? t("delivery.digest") : t(`kind.${delivery.type}`)}
            {delivery.purpose === "test" && <Badge tone="info">{t("delivery.test")}</Badge>}
            {delivery.redeliveryOf && <Badge>{t("delivery.repeated")}</Badge>}
          </span>
          <DeliveryTrouble delivery={delivery} />
        </span>
      </TableCell>
      <TableCell label={t("delivery.place")} className="align-top sm:py-2">
        <span className="flex items-center gap-2">
          <Badge>{t(`medium.${delivery.medium}`)}</Badge>
          <span className="max-w-48 truncate">{delivery.place}</span>
        </span>
      </TableCell>
      <TableCell label={t("delivery.attempts")} numeric className="align-top sm:py-2">
        {delivery.attempts}
      </TableCell>
      <TableCell label={t("delivery.when")} className="align-top text-ink-muted sm:py-2">
        <TimeAgo at={delivery.sentAt ?? delivery.createdAt} />
      </TableCell>
      <TableCell className="align-top sm:py-1.5">
        {delivery.status !== "PENDING" && <Redeliver deliveryId={delivery.id} />}
      </TableCell>
    </TableRow>
  );
}

function DeliveryTrouble({ delivery: { status, outcome, lastError, nextAt } }: { delivery: DeliveryRow }) {
  const t = useTranslations("notices");
  if (status === "SENT" || outcome === null) return null;
  const word = t.has(`outcome.${outcome}`) ? t(`outcome.${outcome}`) : outcome;
  return (
    <span className="text-xs whitespace-normal text-ink-muted">
      <span className="break-words">{lastError ?? word}</span>
      {status === "PENDING" && (
        <>
          {" · "}
          {t.rich("delivery.next", { time: () => <TimeAgo at={nextAt} /> })}
        </>
      )}
    </span>
  );
}

const looks: Record<DeliveryRow["status"], { tone: Tone; icon: IconName }> = {
  PENDING: { tone: "info", icon: "hourglass" },
  SENT: { tone: "success", icon: "done" },
  FAILED: { tone: "danger", icon: "failed" },
  SKIPPED: { tone: "neutral", icon: "ban" },
};

function DeliveryState({ delivery: { status } }: { delivery: DeliveryRow }) {
  const t = useTranslations("notices.delivery");
  return <StatusBadge look="plain" {...looks[status]} label={t(`state.${status}`)} />;
}

function Redeliver({ deliveryId }: { deliveryId: string }) {
  const t = useTranslations("notices.delivery");
  return (
    <ActionForm action={retryDeliveryAction} successMessage={t("queued")}>
      <HiddenInputs values={{ deliveryId }} />
      <SubmitButton variant="ghost" size="sm">
        {t("again")}
      </SubmitButton>
    </ActionForm>
  );
}
