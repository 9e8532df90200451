import { CircleHelp, CornerDownRight, MessageSquare, Pencil } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { TimeAgo } from "@/components/ui/time-ago";
import type { CommentRow, Conversation as Talk, RevisionRow } from "@/lib/requests/conversation/schema";
import { CommentForm } from "./comment-form";
import { RevisionChanges } from "./revision-changes";

type ConversationProps = { ticketId: string; conversation: Talk };

/** Questions, answers, comments and changes in the order they came; words are shown as they were typed. */
export function Conversation({ ticketId, conversation }: ConversationProps) {
  const t = useTranslations("requests");
  const entries = entriesOf(conversation);
  return (
    <Card title={t("conversation.title")} description={t("conversation.description")}>
      <div className="grid gap-4">
        {entries.length > 0 && (
          <ol className="grid gap-4">
            {entries.map((entry) => (
              <Entry key={entry.key} entry={entry} />
            ))}
          </ol>
        )}
        <CommentForm ticketId={ticketId} />
      </div>
    </Card>
  );
}

type TalkEntry = { key: string; at: Date } & (
  { comment: CommentRow; revision?: undefined } | { revision: RevisionRow; comment?: undefined }
);

function entriesOf({ comments, revisions }: Talk): TalkEntry[] {
  const said = comments.map((comment) => ({ key: comment.id, at: comment.createdAt, comment }));
  const changed = revisions.map((revision) => ({
    key: `revision ${revision.revision}`,
    at: revision.changedAt,
    revision,
  }));
  return [...said, ...changed].sort((one, other) => one.at.getTime() - other.at.getTime());
}

function Entry({ entry }: { entry: TalkEntry }) {
  const t = useTranslations("requests");
  const { comment, revision, at } = entry;
  if (comment !== undefined) {
    const name = comment.authorName ?? t("conversation.portal");
    return (
      <Line name={name} at={at} kind={comment.kind} title={t(`conversation.${comment.kind}`, { name })}>
        <p className="text-sm break-words whitespace-pre-line">{comment.body}</p>
      </Line>
    );
  }
  const name = revision.changedByName;
  return (
    <Line
      name={name}
      at={at}
      kind="revision"
      title={t("conversation.revision", { name, revision: revision.revision })}
    >
      <RevisionChanges revision={revision} />
    </Line>
  );
}

const looks = {
  comment: MessageSquare,
  system: MessageSquare,
  question: CircleHelp,
  answer: CornerDownRight,
  revision: Pencil,
};

type LineProps = { name: string; at: Date; kind: keyof typeof looks; title: string; children: ReactNode };

function Line({ name, at, kind, title, children }: LineProps) {
  const Drawing = looks[kind];
  return (
    <li className="flex min-w-0 gap-2.5">
      <Avatar name={name} size="sm" />
      <div
        className={cn(
          "grid min-w-0 flex-1 gap-1",
          kind === "question" && "rounded-lg bg-warning-soft px-3 py-2",
        )}
      >
        <p className="flex flex-wrap items-center gap-x-1.5 text-xs text-ink-muted">
          <Drawing aria-hidden strokeWidth={1.75} className="size-3.5" />
          <span>{title}</span>
          <span aria-hidden>·</span>
          <TimeAgo at={at} />
        </p>
        {children}
      </div>
    </li>
  );
}
