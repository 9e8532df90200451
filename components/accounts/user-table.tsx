import { useTranslations } from "next-intl";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Icon } from "@/components/ui/icon";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { UserRow } from "@/lib/identity/schema";
import { AccountSource } from "./account-source";
import { AccountStatus } from "./account-status";
import { RoleNames } from "./role-names";

export function UserTable({ users }: { users: readonly UserRow[] }) {
  const t = useTranslations("accounts");
  return (
    <Table caption={t("list.title")}>
      <TableHead>
        <HeadCell>{t("field.name")}</HeadCell>
        <HeadCell>{t("field.status")}</HeadCell>
        <HeadCell>{t("field.roles")}</HeadCell>
        <HeadCell>{t("field.source")}</HeadCell>
        <HeadCell>{t("field.factor")}</HeadCell>
        <HeadCell>{t("field.lastLogin")}</HeadCell>
      </TableHead>
      <TableBody>
        {users.map((user) => (
          <UserTableRow key={user.id} user={user} />
        ))}
      </TableBody>
    </Table>
  );
}

function UserTableRow({ user }: { user: UserRow }) {
  const t = useTranslations("accounts");
  return (
    <TableRow>
      <TableCell className="py-2">
        <span className="flex min-w-0 items-center gap-2.5">
          <Avatar name={user.displayName} />
          <span className="grid min-w-0">
            <RowLink href={`/admin/users/${user.id}`} className="truncate">
              {user.displayName}
            </RowLink>
            <span className="truncate text-xs text-ink-faint">
              <span className="font-mono">{user.username}</span>
              {user.email && ` · ${user.email}`}
            </span>
          </span>
        </span>
      </TableCell>
      <TableCell label={t("field.status")}>
        <AccountStatus enabled={user.enabled} look="plain" />
      </TableCell>
      <TableCell label={t("field.roles")}>
        <RoleNames roles={user.roles} />
      </TableCell>
      <TableCell label={t("field.source")} className="text-ink-muted">
        <AccountSource account={user} />
      </TableCell>
      <TableCell label={t("field.factor")}>
        <FactorMark isOn={user.hasSecondFactor} />
      </TableCell>
      <TableCell label={t("field.lastLogin")} className="relative z-1 text-ink-muted">
        {user.lastLoginAt ? <TimeAgo at={user.lastLoginAt} /> : t("never")}
      </TableCell>
    </TableRow>
  );
}

function FactorMark({ isOn }: { isOn: boolean }) {
  const t = useTranslations("accounts.factor");
  if (!isOn) return <span className="text-ink-faint">{t("off")}</span>;
  return (
    <Badge tone="success">
      <Icon name="shield-check" className="size-3" />
      {t("on")}
    </Badge>
  );
}
