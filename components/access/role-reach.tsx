import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import type { PermissionGroupRow, ReachedOperation } from "@/lib/access/roles/schema";
import { platformAdmin, type Permission } from "@/lib/vocabulary/permissions";
import { usePermissionText } from "./role-words";

interface RoleReachProps {
  permissions: readonly Permission[];
  groups: readonly PermissionGroupRow[];
}

/** What a role can do: its permissions in words, by what they are about, each with the operations it opens. */
export function RoleReach({ permissions, groups }: RoleReachProps) {
  const t = useTranslations("access");
  const shown = groups
    .map(({ group, permissions: members }) => ({
      group,
      members: members.filter(({ permission }) => permissions.includes(permission)),
    }))
    .filter(({ members }) => members.length > 0);
  return (
    <div className="grid min-w-0 gap-4">
      {permissions.includes(platformAdmin) && (
        <Callout tone="warning" title={t("role.everythingTitle")}>
          {t("role.everythingText")}
        </Callout>
      )}
      {shown.map(({ group, members }) => (
        <Card key={group} title={t(`group.${group}`)} flush>
          <ul className="divide-y">
            {members.map((member) => (
              <ReachedPermission key={member.permission} {...member} />
            ))}
          </ul>
        </Card>
      ))}
    </div>
  );
}

interface ReachedPermissionProps {
  permission: Permission;
  operations: readonly ReachedOperation[];
}

function ReachedPermission({ permission, operations }: ReachedPermissionProps) {
  const t = useTranslations("access.role");
  const textOf = usePermissionText();
  const title = (
    <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2">
      <span>{textOf(permission)}</span>
      <code className="font-mono text-xs text-ink-faint">{permission}</code>
    </span>
  );
  if (operations.length === 0) return <li className="flex px-4 py-2 text-sm">{title}</li>;
  return (
    <li>
      <details className="group/reach">
        <summary className="flex items-baseline gap-3 px-4 py-2 text-sm hover:bg-hover">
          {title}
          <span className="shrink-0 text-xs text-ink-muted tabular-nums underline decoration-dotted underline-offset-3 group-open/reach:no-underline">
            {t("operations", { count: operations.length })}
          </span>
        </summary>
        <ul className="grid gap-1.5 border-t bg-sunken px-4 py-2.5 text-xs">
          {operations.map((operation) => (
            <OperationLine key={`${operation.method} ${operation.path}`} operation={operation} />
          ))}
        </ul>
      </details>
    </li>
  );
}

/** The summary is the API's own, in the language of its document. */
function OperationLine({ operation }: { operation: ReachedOperation }) {
  return (
    <li className="grid gap-x-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <span lang="en">{operation.summary}</span>
      <code className="min-w-0 font-mono break-all text-ink-muted">
        <span className="mr-1.5 font-medium">{operation.method}</span>
        {operation.path}
      </code>
    </li>
  );
}
