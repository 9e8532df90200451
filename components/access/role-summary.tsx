"use client";

import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import type { PermissionGroupRow } from "@/lib/access/roles/schema";
import { platformAdmin, type Permission } from "@/lib/vocabulary/permissions";
import { usePermissionText } from "./role-words";

interface RoleSummaryProps {
  groups: readonly PermissionGroupRow[];
  chosen: ReadonlySet<Permission>;
}

/** What the ticks come to, in sentences, while they are made. */
export function RoleSummary({ groups, chosen }: RoleSummaryProps) {
  const t = useTranslations("access.form");
  const ordered = groups.flatMap(({ permissions }) =>
    permissions.map(({ permission }) => permission).filter((permission) => chosen.has(permission)),
  );
  return (
    <Card title={t("summary")}>
      <div aria-live="polite" className="max-h-[46dvh] overflow-y-auto text-sm">
        {chosen.has(platformAdmin) ? (
          <p className="text-warning">{t("summaryEverything")}</p>
        ) : (
          <SummaryLines permissions={ordered} />
        )}
      </div>
    </Card>
  );
}

function SummaryLines({ permissions }: { permissions: readonly Permission[] }) {
  const t = useTranslations("access.form");
  const textOf = usePermissionText();
  if (permissions.length === 0) return <p className="text-ink-muted">{t("summaryNothing")}</p>;
  return (
    <>
      <ul className="grid gap-1.5">
        {permissions.map((permission) => (
          <li key={permission} className="flex items-start gap-2">
            <Icon name="check" className="mt-0.5 text-success" />
            <span>{textOf(permission)}</span>
          </li>
        ))}
      </ul>
      <p className="mt-3 text-xs text-ink-faint">{t("summaryEnvironments")}</p>
    </>
  );
}
