import { useTranslations } from "next-intl";
import { removeFactorAction } from "@/app/actions/mfa";
import { Button } from "@/components/ui/button";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { Icon } from "@/components/ui/icon";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { FactorRow } from "@/lib/identity/factors/schema";

export function FactorTable({ factors }: { factors: readonly FactorRow[] }) {
  const t = useTranslations("mfa.security");
  return (
    <Table caption={t("factors")}>
      <TableHead>
        <HeadCell>{t("name")}</HeadCell>
        <HeadCell>{t("kind")}</HeadCell>
        <HeadCell>{t("added")}</HeadCell>
        <HeadCell>{t("lastUsed")}</HeadCell>
        <HeadCell />
      </TableHead>
      <TableBody>
        {factors.map((factor) => (
          <FactorTableRow key={factor.id} factor={factor} isLast={factors.length === 1} />
        ))}
      </TableBody>
    </Table>
  );
}

function FactorTableRow({ factor, isLast }: { factor: FactorRow; isLast: boolean }) {
  const t = useTranslations("mfa.security");
  const isApp = factor.type === "totp";
  return (
    <TableRow>
      <TableCell className="font-medium">{factor.name}</TableCell>
      <TableCell label={t("kind")}>
        <span className="inline-flex items-center gap-1.5">
          <Icon name={isApp ? "shield-check" : "key"} className="text-ink-muted" />
          {isApp ? t("app") : t("passkey")}
        </span>
      </TableCell>
      <TableCell label={t("added")}>
        <TimeAgo at={factor.createdAt} />
      </TableCell>
      <TableCell label={t("lastUsed")}>
        {factor.lastUsedAt === null ? t("never") : <TimeAgo at={factor.lastUsedAt} />}
      </TableCell>
      <TableCell className="sm:text-right">
        <ConfirmAction
          trigger={<Button size="sm">{t("remove")}</Button>}
          title={t("removeTitle", { name: factor.name })}
          description={isLast ? t("removeLast") : t("removeText")}
          confirmLabel={t("remove")}
          action={removeFactorAction}
          hidden={{ factorId: factor.id }}
          tone="danger"
          successMessage={t("removed")}
        />
      </TableCell>
    </TableRow>
  );
}
