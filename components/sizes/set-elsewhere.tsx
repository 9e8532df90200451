"use client";

import { useTranslations } from "next-intl";
import { memberPaths, type StatedMember } from "./member-paths";

/** An override states it already; two places for one fact could only contradict. */
export function SetElsewhere({ member }: { member: StatedMember }) {
  const t = useTranslations("sizes.form");
  return (
    <p className="text-xs text-ink-muted">
      {t.rich("setElsewhere", {
        path: memberPaths[member],
        code: (chunks) => <code className="font-mono text-2xs break-all">{chunks}</code>,
      })}
    </p>
  );
}
