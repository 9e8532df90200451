import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { markReadAction } from "@/app/actions/notifications";
import { ActionForm } from "@/components/ui/action-form";
import { cn } from "@/components/ui/class-names";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Icon, type IconName } from "@/components/ui/icon";
import { SubmitButton } from "@/components/ui/submit-button";
import { TimeAgo } from "@/components/ui/time-ago";
import { notificationPath } from "@/lib/notifications/labels";
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
  const facts = { ...textParams(params), operation, vm: String(params["vm"] ?? t("unnamed")) };
  const alert = `entry.ALERT_${params["alert"]}`;
  return entry.type === "SYSTEM_ALERT" && t.has(alert)
    ? t(alert, facts)
    : t(`entry.${sentenceOf(entry)}`, facts);
}

function sentenceOf({ type, params }: NotificationRow): string {
  if (type === "VM_STATUS_CHANGE") return params["succeeded"] === true ? "VM_SUCCEEDED" : "VM_FAILED";
  const isAboutAccess = params["operation"] === "SYSTEM_ACCESS" || params["operation"] === "ACCESS";
  return isAboutAccess ? type.replace("APPROVAL", "ACCESS") : type;
}

function textParams(params: NotificationRow["params"]): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([key, value]) => [key, String(value ?? "")]));
}

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
