import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { Card } from "@/components/ui/card";
import { HeadCell, Table, TableBody, TableHead } from "@/components/ui/table";
import { Section } from "@/components/ui/section";
import type { BindingRow } from "@/lib/access/schema";
import { AssignRole } from "./assign-role";
import type { RoleOffer } from "./role-fields";
import { RoleBindingRow } from "./role-binding-row";

type RoleSectionProps = {
  user: { id: string; displayName: string };
  bindings: readonly BindingRow[];
  /** Null where the reader may not give roles. */
  offer: RoleOffer | null;
};

export function RoleSection({ user, bindings, offer }: RoleSectionProps) {
  const t = useTranslations("accounts.roles");
  return (
    <Section
      title={t("title")}
      description={t("description")}
      actions={offer && <AssignRole user={user} offer={offer} />}
    >
      {bindings.length === 0 ? (
        <Card flush>
          <EmptyState icon="shield-alert" title={t("none")} className="py-8">
            {t("noneText")}
          </EmptyState>
        </Card>
      ) : (
        <Table caption={t("title")}>
          <TableHead>
            <HeadCell>{t("role")}</HeadCell>
            <HeadCell>{t("where")}</HeadCell>
            <HeadCell>{t("environments")}</HeadCell>
            <HeadCell>{t("source")}</HeadCell>
            <HeadCell>{t("until")}</HeadCell>
            {offer && <HeadCell />}
          </TableHead>
          <TableBody>
            {bindings.map((binding) => (
              <RoleBindingRow key={binding.id} binding={binding} mayRevoke={offer !== null} />
            ))}
          </TableBody>
        </Table>
      )}
    </Section>
  );
}
