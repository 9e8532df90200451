import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { AccessRow } from "@/lib/access/reviews/schema";
import { AccessRowActions } from "./access-row-actions";
import { decidesInstead, type Decider } from "./decider";
import { EnvironmentBadges, GrantEnd, GrantSource } from "./grant-facts";
import { PersonCell } from "./person-cell";
import { PlaceLink } from "./place-link";
import { useRoleName } from "./role-words";

interface AccessTableProps {
  rows: readonly AccessRow[];
  /** On a system's own review. */
  systemId?: string | undefined;
  decider: Decider;
}

/** Who has what, on what, from where and until when, one decision a row. */
export function AccessTable({ rows, systemId, decider }: AccessTableProps) {
  const t = useTranslations("access.review");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell className="w-full">{t("person")}</HeadCell>
        <HeadCell>{t("access")}</HeadCell>
        <HeadCell>{t("on")}</HeadCell>
        <HeadCell>{t("since")}</HeadCell>
        <HeadCell>{t("expires")}</HeadCell>
        <HeadCell>{t("lastUsed")}</HeadCell>
        <HeadCell>{t("reviewed")}</HeadCell>
        <HeadCell>
          <span className="sr-only">{t("actions")}</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <AccessTableRow key={row.id} row={row} systemId={systemId} decider={decider} />
        ))}
      </TableBody>
    </Table>
  );
}

type AccessTableRowProps = Omit<AccessTableProps, "rows"> & { row: AccessRow };

function AccessTableRow({ row, systemId, decider }: AccessTableRowProps) {
  const t = useTranslations("access.review");
  const roleName = useAccessRole()(row);
  return (
    <TableRow>
      <TableCell className="py-2 sm:min-w-52">
        <PersonCell
          displayName={row.displayName}
          username={row.username}
          isEnabled={row.userEnabled}
          isService={row.isService}
          href={decider.seesAccounts ? accountPage(row) : undefined}
        />
      </TableCell>
      <TableCell label={t("access")}>
        <span className="grid justify-items-end gap-1 sm:justify-items-start">
          <Badge tone={row.kind === "role" ? "info" : "neutral"}>{roleName}</Badge>
          {row.kind === "role" && <EnvironmentBadges environments={row.environments} />}
        </span>
      </TableCell>
      <TableCell label={t("on")}>
        <PlaceLink place={row} withSystem={systemId === undefined} />
      </TableCell>
      <TableCell label={t("since")} className="sm:min-w-44 sm:whitespace-normal">
        <Origin row={row} />
      </TableCell>
      <TableCell label={t("expires")} className="text-ink-muted">
        <GrantEnd at={row.expiresAt} />
      </TableCell>
      <TableCell label={t("lastUsed")} className="text-ink-muted">
        {row.lastUsedAt ? <TimeAgo at={row.lastUsedAt} /> : <Never />}
      </TableCell>
      <TableCell label={t("reviewed")} className="text-ink-muted">
        <Reviewed row={row} />
      </TableCell>
      <TableCell>
        <Decision row={row} roleName={roleName} systemId={systemId} decider={decider} />
      </TableCell>
    </TableRow>
  );
}

function accountPage({ userId, isService }: AccessRow): string {
  return isService ? `/admin/service-accounts/${userId}` : `/admin/users/${userId}`;
}

type DecisionProps = AccessTableRowProps & { roleName: string };

function Decision({ decider, ...line }: DecisionProps) {
  const t = useTranslations("access.review");
  const other = decidesInstead(decider, line.row);
  if (other === null) return <AccessRowActions {...line} />;
  return (
    <span className="block max-w-44 text-xs text-pretty text-ink-faint sm:ml-auto sm:text-right sm:whitespace-normal">
      {t(other)}
    </span>
  );
}

/** A platform role's own name, or what one is on a system. */
function useAccessRole(): (row: AccessRow) => string {
  const systems = useTranslations("systems.role");
  const nameOf = useRoleName();
  return (row) =>
    row.kind === "role" ? nameOf({ id: row.roleId, displayName: row.roleName }) : systems(row.roleId);
}

function Origin({ row }: { row: AccessRow }) {
  const t = useTranslations("access.review");
  return (
    <span className="grid text-ink-muted">
      <TimeAgo at={row.since} />
      <span className="text-xs text-pretty text-ink-faint">
        <GrantSource source={row.source} by={row.grantedByName} groups={row.cohorts} />
        {row.ticketId !== null && (
          <>
            {" · "}
            <TextLink href={`/requests/${row.ticketId}`}>{t("ticket")}</TextLink>
          </>
        )}
      </span>
    </span>
  );
}

function Reviewed({ row }: { row: AccessRow }) {
  const t = useTranslations("access.review");
  if (row.reviewedAt === null) return <Never />;
  return (
    <span className="grid">
      <TimeAgo at={row.reviewedAt} />
      {row.reviewedByName !== null && (
        <span className="text-xs text-ink-faint">{t("by", { name: row.reviewedByName })}</span>
      )}
    </span>
  );
}

function Never() {
  const t = useTranslations("access.review");
  return <span className="text-ink-faint">{t("never")}</span>;
}
