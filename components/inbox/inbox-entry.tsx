import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { markReadAction } from "@/app/actions/notifications";
import { ActionForm } from "@/components/ui/action-form";
import { cn } from "@/components/ui/class-names";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Icon, type IconName } from "@/components/ui/icon";
import { SubmitButton } from "@/components/ui/submit-button";
import { TimeAgo } from "@/components/ui/time-ago";
import { notificationPath, sentenceOf } from "@/lib/notifications/labels";
import type { NotificationRow } from "@/lib/notifications/schema";

/** One line: what happened, when, and where it leads. */
export function InboxEntry({ entry }: { entry: NotificationRow }) {
  const t = useTranslations("inbox");
  return (
    <li
      className={cn(
        "flex min-w-0 items-start gap-3 border-l-2 px-4 py-3 text-sm",
        entry.read ? "border-l-transparent" : "border-l-accent-ink",
      )}
    >
      <Icon
        name={iconOf(entry)}
        className={cn("mt-0.5 size-4 shrink-0", entry.read ? "text-ink-faint" : "text-accent-ink")}
      />
      <div className="min-w-0 flex-1">
        <Link href={notificationPath(entry)} className={cn("hover:underline", !entry.read && "font-medium")}>
          <EntryText entry={entry} />
        </Link>
        <p className="text-xs text-ink-faint">
          {!entry.read && `${t("unread")} · `}
          <TimeAgo at={entry.createdAt} />
        </p>
      </div>
      {!entry.read && (
        <ActionForm action={markReadAction}>
          <HiddenInputs values={{ notificationId: entry.id }} />
          <SubmitButton variant="ghost" size="sm">
            {t("markRead")}
          </SubmitButton>
        </ActionForm>
      )}
    </li>
  );
}

function EntryText({ entry }: { entry: NotificationRow }) {
  const t = useTranslations("inbox");
  const { params } = entry;
  const operation = t.has(`operation.${params["operation"]}`) ? t(`operation.${params["operation"]}`) : "";
  const place = [params["system"], params["service"]].filter(Boolean).join(" / ");
  const facts = { ...shownParams(params), operation, place, vm: String(params["vm"] ?? t("unnamed")) };
  const alert = `entry.ALERT_${params["alert"]}`;
  return entry.type === "SYSTEM_ALERT" && t.has(alert)
    ? t(alert, facts)
    : t(`entry.${sentenceKey(entry)}`, facts);
}

/** A review that is done and one that is due are one kind, and two sentences. */
function sentenceKey({ type, params }: NotificationRow): string {
  if (type === "EMERGENCY_REVIEW" && params["verdict"] !== undefined) return "EMERGENCY_REVIEWED";
  return sentenceOf(type, params);
}

/** Numbers stay numbers, because a plural counts them; what a sentence names and nobody knows is empty. */
function shownParams(params: NotificationRow["params"]): Record<string, string | number> {
  const known = Object.entries(params).map(([key, value]) => [
    key,
    typeof value === "number" ? value : String(value ?? ""),
  ]);
  return { ...unknownParams, ...Object.fromEntries(known) };
}

const unknownParams = {
  ...{ requester: "", approver: "", author: "", person: "", system: "", environment: "", reason: "" },
  ...{ days: 0, succeeded: 0, failed: 0 },
};

const icons: Record<Exclude<NotificationRow["type"], "VM_STATUS_CHANGE">, IconName> = {
  APPROVAL_PENDING: "hourglass",
  APPROVAL_COMPLETED: "done",
  APPROVAL_REJECTED: "ban",
  APPROVAL_REMINDER: "hourglass",
  APPROVAL_ESCALATED: "alert",
  INFORMATION_REQUESTED: "inbox",
  INFORMATION_GIVEN: "inbox",
  REQUEST_COMMENT: "inbox",
  BATCH_COMPLETED: "done",
  VM_EXPIRY: "hourglass",
  EMERGENCY_ACCESS: "alert",
  EMERGENCY_REVIEW: "alert",
  QUOTA_CHANGED: "done",
  SYSTEM_ALERT: "alert",
};

function iconOf(entry: NotificationRow): IconName {
  if (entry.type !== "VM_STATUS_CHANGE") return icons[entry.type];
  return entry.params["succeeded"] === true ? "running" : "failed";
}
