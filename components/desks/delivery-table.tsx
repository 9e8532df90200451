import { useTranslations } from "next-intl";
import { sendAgainAction } from "@/app/actions/desks";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { DeliveryRow } from "@/lib/requests/desks/deliveries/schema";

const tones = { delivered: "success", failed: "danger", refused: "warning" } as const;

/** Every call in either direction, newest first, with what was said. */
export function DeliveryTable({ deliveries }: { deliveries: readonly DeliveryRow[] }) {
  const t = useTranslations("desks.log");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell>{t("at")}</HeadCell>
        <HeadCell>{t("what")}</HeadCell>
        <HeadCell>{t("result")}</HeadCell>
        <HeadCell className="w-full">{t("said")}</HeadCell>
        <HeadCell>
          <span className="sr-only">{t("actions")}</span>
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
  const t = useTranslations("desks.log");
  const { kind, outcome, statusCode, durationMs, attempt, ticketId } = delivery;
  return (
    <TableRow className="align-top">
      <TableCell className="py-2 text-ink-muted">
        <TimeAgo at={delivery.at} />
      </TableCell>
      <TableCell label={t("what")} className="py-2">
        <span className="grid">
          <span>{t(`kind.${kind}`)}</span>
          {ticketId !== null && (
            <TextLink href={`/requests/${ticketId}`} className="text-xs">
              {t("request")}
            </TextLink>
          )}
        </span>
      </TableCell>
      <TableCell label={t("result")} className="py-2">
        <span className="grid gap-1">
          <Badge tone={tones[outcome]}>{t(`outcome.${outcome}`)}</Badge>
          <span className="text-xs text-ink-muted tabular-nums">
            {t("facts", { status: statusCode ?? 0, ms: durationMs, attempt })}
          </span>
        </span>
      </TableCell>
      <TableCell label={t("said")} className="max-w-0 py-2 max-sm:max-w-none sm:whitespace-normal">
        <Said delivery={delivery} />
      </TableCell>
      <TableCell className="py-2">
        {kind === "push" &&
          (delivery.requestStatus === "sending" || delivery.requestStatus === "waiting") && (
            <ConfirmAction
              trigger={<Button size="sm">{t("again")}</Button>}
              title={t("againTitle")}
              description={t("againText")}
              confirmLabel={t("again")}
              action={sendAgainAction}
              hidden={{ deliveryId: delivery.id }}
              successMessage={t("againDone")}
            />
          )}
      </TableCell>
    </TableRow>
  );
}

function Said({ delivery }: { delivery: DeliveryRow }) {
  const t = useTranslations("desks.log");
  const { error, requestBody, responseExcerpt, redeliveryOf } = delivery;
  return (
    <div className="grid min-w-0 gap-1">
      {redeliveryOf !== null && <span className="text-xs text-ink-muted">{t("redelivery")}</span>}
      {error !== null && <span className="text-sm break-words text-danger">{error}</span>}
      {(requestBody !== null || responseExcerpt !== null) && (
        <details className="min-w-0">
          <summary className="cursor-pointer text-sm text-ink-muted">{t("bodies")}</summary>
          <div className="mt-2 grid min-w-0 gap-2">
            {requestBody !== null && <CodeBlock title={t("sent")} code={requestBody} maxHeight="short" />}
            {responseExcerpt !== null && (
              <CodeBlock title={t("answered")} code={responseExcerpt} maxHeight="short" />
            )}
          </div>
        </details>
      )}
    </div>
  );
}
