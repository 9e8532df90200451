import { useTranslations } from "next-intl";
import { DiffList, DiffRow } from "@/components/ui/diff-row";
import type { RevisionChange, RevisionRow } from "@/lib/requests/conversation/schema";

/** What the requester changed while it waited, member by member. */
export function RevisionChanges({ revision }: { revision: Pick<RevisionRow, "diff"> }) {
  const t = useTranslations("requests");
  return (
    <DiffList>
      {revision.diff.map(({ path, before, after }) => {
        const key = `change.${path}`;
        return (
          <DiffRow
            key={path}
            label={
              t.has(key) ? t(key) : <code className="font-mono text-xs">{path.replace(/^\w+\./, "")}</code>
            }
            before={textOf(before)}
            after={textOf(after)}
          />
        );
      })}
    </DiffList>
  );
}

function textOf(value: RevisionChange["before"]): string | undefined {
  if (value === null) return undefined;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
