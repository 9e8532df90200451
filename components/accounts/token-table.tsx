import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { TokenRow } from "@/lib/identity/tokens/schema";
import { RevokeToken } from "./revoke-token";

type TokenTableProps = {
  tokens: readonly TokenRow[];
  /** Whose they are, where they are not one's own. */
  userId?: string;
  /** The user name that needs no mention as the one who issued them. */
  owner: string;
};

export function TokenTable({ tokens, userId, owner }: TokenTableProps) {
  const t = useTranslations("accounts.tokens");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell>{t("name")}</HeadCell>
        <HeadCell>{t("reach")}</HeadCell>
        <HeadCell>{t("created")}</HeadCell>
        <HeadCell>{t("lastUsed")}</HeadCell>
        <HeadCell>{t("expires")}</HeadCell>
        <HeadCell />
      </TableHead>
      <TableBody>
        {tokens.map((token) => (
          <TokenTableRow key={token.id} token={token} userId={userId} owner={owner} />
        ))}
      </TableBody>
    </Table>
  );
}

type TokenTableRowProps = { token: TokenRow; userId: string | undefined; owner: string };

function TokenTableRow({ token, userId, owner }: TokenTableRowProps) {
  const t = useTranslations("accounts.tokens");
  return (
    <TableRow>
      <TableCell className="py-1.5">
        <span className="inline-flex flex-wrap items-center gap-1.5 font-medium">
          {token.name}
          {token.elevated && <Badge tone="warning">{t("elevated")}</Badge>}
        </span>
      </TableCell>
      <TableCell label={t("reach")} className="py-1.5 sm:whitespace-normal">
        <TokenReach token={token} />
      </TableCell>
      <TableCell label={t("created")} className="py-1.5 text-ink-muted">
        <TimeAgo at={token.createdAt} />
        {token.createdBy !== owner && (
          <span className="block text-xs text-ink-faint">{t("issuedBy", { name: token.createdBy })}</span>
        )}
      </TableCell>
      <TableCell label={t("lastUsed")} className="py-1.5 text-ink-muted">
        <LastUse token={token} />
      </TableCell>
      <TableCell label={t("expires")} className="text-ink-muted">
        {token.isExpired ? <Badge tone="warning">{t("expired")}</Badge> : <TimeAgo at={token.expiresAt} />}
      </TableCell>
      <TableCell className="py-1.5 sm:text-right">
        <RevokeToken token={token} userId={userId} />
      </TableCell>
    </TableRow>
  );
}

function TokenReach({ token: { permissions, environments } }: { token: TokenRow }) {
  const t = useTranslations("accounts.tokens");
  return (
    <span className="grid gap-0.5">
      {permissions === null ? (
        <span>{t("everything")}</span>
      ) : (
        <span title={permissions.join(", ")}>{t("permissions", { count: permissions.length })}</span>
      )}
      <span className="text-xs text-ink-faint">
        {environments.length === 0 ? t("everywhere") : environments.join(", ")}
      </span>
    </span>
  );
}

function LastUse({ token: { lastUsedAt, lastUsedIp } }: { token: TokenRow }) {
  const t = useTranslations("accounts");
  if (lastUsedAt === null) return t("never");
  return (
    <>
      <TimeAgo at={lastUsedAt} />
      {lastUsedIp && (
        <span className="block text-xs text-ink-faint">{t("tokens.from", { address: lastUsedIp })}</span>
      )}
    </>
  );
}
