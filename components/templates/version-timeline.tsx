import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { TemplateVersion } from "@/lib/catalog/templates/schema";
import { TemplateStatus } from "./template-status";

type VersionTimelineProps = { versions: readonly TemplateVersion[]; currentId: string };

/** Every version of the name, newest first, with who lives on it; the switch between them. */
export function VersionTimeline({ versions, currentId }: VersionTimelineProps) {
  const t = useTranslations("templates.timeline");
  return (
    <Card title={t("title")}>
      <ol className="grid">
        {versions.map((version, at) => (
          <VersionEntry
            key={version.id}
            version={version}
            currentId={currentId}
            isLast={at === versions.length - 1}
          />
        ))}
      </ol>
    </Card>
  );
}

type VersionEntryProps = { version: TemplateVersion; currentId: string; isLast: boolean };

function VersionEntry({ version, currentId, isLast }: VersionEntryProps) {
  const t = useTranslations("templates");
  const isCurrent = version.id === currentId;
  return (
    <li className={cn("relative grid gap-0.5 pl-6 text-sm", !isLast && "pb-4")}>
      {!isLast && (
        <span aria-hidden className="absolute top-3 bottom-0 left-[5px] w-px -translate-x-1/2 bg-line" />
      )}
      <span
        aria-hidden
        className={cn(
          "absolute top-1.5 left-0 size-2.5 rounded-full border-2",
          isCurrent ? "border-accent-ink bg-accent" : "border-line-field bg-surface",
        )}
      />
      <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
        {isCurrent ? (
          <span aria-current="page" className="font-medium">
            {t("version", { version: version.version })}
          </span>
        ) : (
          <Link
            href={`/admin/templates/${version.id}`}
            className="rounded-xs font-medium hover:underline hover:underline-offset-3"
          >
            {t("version", { version: version.version })}
          </Link>
        )}
        <TemplateStatus status={version.status} />
      </span>
      <span className="text-xs text-ink-muted tabular-nums">
        {version.vmCount === 0 ? (
          t("usage.vms", { count: 0 })
        ) : (
          <TextLink href={`/vms?templateId=${version.id}`}>
            {t("usage.vms", { count: version.vmCount })}
          </TextLink>
        )}
        {version.pendingCount > 0 && ` · ${t("usage.requests", { count: version.pendingCount })}`}
      </span>
      <VersionDates version={version} />
      {!isCurrent && (
        <TextLink href={`/admin/templates/${currentId}/compare?with=${version.id}`} className="w-fit text-xs">
          {t("timeline.compare")}
        </TextLink>
      )}
    </li>
  );
}

function VersionDates({ version }: { version: TemplateVersion }) {
  const t = useTranslations("templates.timeline");
  const dates = [
    { key: "archived", at: version.archivedAt },
    { key: "deprecated", at: version.deprecatedAt },
    { key: "activated", at: version.activatedAt },
    { key: "created", at: version.createdAt },
  ];
  return (
    <ul className="text-xs text-ink-faint">
      {dates.map(
        ({ key, at }) =>
          at !== null && (
            <li key={key}>
              {t(key)} <TimeAgo at={at} />
              {key === "created" && version.createdByName !== null && ` · ${version.createdByName}`}
            </li>
          ),
      )}
    </ul>
  );
}
