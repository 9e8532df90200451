import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { AskableRow } from "@/lib/requests/access/schema";
import { HeldRole } from "./held-role";

type AskableSystemsProps = { systems: readonly AskableRow[]; isSearched: boolean };

/** The Systems whose names a person may know; what is not listed is asked for with its owners, not here. */
export function AskableSystems({ systems, isSearched }: AskableSystemsProps) {
  const t = useTranslations("denied");
  if (systems.length === 0) return <NoSystem isSearched={isSearched} />;
  return (
    <Table caption={t("choose.systems")}>
      <TableHead>
        <HeadCell>{t("choose.system")}</HeadCell>
        <HeadCell>{t("choose.yourRole")}</HeadCell>
      </TableHead>
      <TableBody>
        {systems.map((system) => (
          <TableRow key={system.id}>
            <TableCell>
              <RowLink href={`/access/request?${new URLSearchParams({ system: system.id }).toString()}`}>
                {system.name}
              </RowLink>
            </TableCell>
            <TableCell label={t("choose.yourRole")}>
              {system.heldRole === null ? (
                <span className="text-ink-faint">{t("choose.none")}</span>
              ) : (
                <Badge>
                  <HeldRole role={system.heldRole} until={system.heldUntil} />
                </Badge>
              )}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function NoSystem({ isSearched }: { isSearched: boolean }) {
  const t = useTranslations("denied");
  return (
    <Card flush>
      {isSearched ? (
        <EmptyState icon="search" title={t("choose.noMatch")}>
          {t("choose.noMatchExplanation")}
        </EmptyState>
      ) : (
        <EmptyState icon="folder" title={t("choose.empty")}>
          {t("choose.emptyExplanation")}
        </EmptyState>
      )}
    </Card>
  );
}
