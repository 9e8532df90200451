import { useTranslations } from "next-intl";
import { EnvironmentBadges } from "@/components/access/grant-facts";
import { useRoleName } from "@/components/access/role-words";
import type { RoleOffer } from "@/components/accounts/role-fields";
import { Badge } from "@/components/ui/badge";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { MappingRow } from "@/lib/identity/providers/mapping/schema";
import { ChangeMapping, RemoveMapping } from "./mapping-dialogs";
import type { ProviderRights } from "./provider-frame";

type MappingTableProps = {
  providerId: string;
  mappings: readonly MappingRow[];
  offer: RoleOffer | null;
  may: ProviderRights;
};

export function MappingTable({ providerId, mappings, offer, may }: MappingTableProps) {
  const t = useTranslations("providers.mapping");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell className="w-full">{t("cohort")}</HeadCell>
        <HeadCell>{t("role")}</HeadCell>
        <HeadCell>{t("where")}</HeadCell>
        <HeadCell>{t("environments")}</HeadCell>
        <HeadCell className="sm:text-right">{t("people")}</HeadCell>
        <HeadCell aria-label={t("actions")} />
      </TableHead>
      <TableBody>
        {mappings.map((mapping) => (
          <TableRow key={mapping.id}>
            <MappingCells mapping={mapping} />
            <TableCell className="py-1.5">
              <span className="flex gap-1 sm:justify-end">
                {offer && may.mapping_update && (
                  <ChangeMapping providerId={providerId} mapping={mapping} offer={offer} />
                )}
                {may.mapping_delete && (
                  <RemoveMapping providerId={providerId} mapping={mapping} systems={offer?.systems ?? []} />
                )}
              </span>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function MappingCells({ mapping }: { mapping: MappingRow }) {
  const t = useTranslations("providers.mapping");
  const nameOf = useRoleName();
  return (
    <>
      <TableCell className="max-w-0 py-1.5 max-sm:max-w-none">
        <span className="block truncate font-medium" title={mapping.key}>
          {mapping.key}
        </span>
      </TableCell>
      <TableCell label={t("role")}>
        <span className="inline-flex items-center gap-1.5">
          <TextLink href={`/admin/roles/${mapping.roleId}`}>
            {nameOf({ id: mapping.roleId, displayName: mapping.roleDisplayName })}
          </TextLink>
          {!mapping.roleEnabled && <Badge tone="warning">{t("roleOff")}</Badge>}
        </span>
      </TableCell>
      <TableCell label={t("where")}>
        {mapping.systemId === null ? (
          t("everywhere")
        ) : (
          <TextLink href={`/systems/${mapping.systemId}`}>{mapping.systemName ?? mapping.systemId}</TextLink>
        )}
      </TableCell>
      <TableCell label={t("environments")}>
        <EnvironmentBadges environments={mapping.environments} />
      </TableCell>
      <TableCell label={t("people")} numeric>
        {mapping.peopleCount}
      </TableCell>
    </>
  );
}
