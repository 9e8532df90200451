import { useTranslations } from "next-intl";
import { assignRoleAction } from "@/app/actions/access";
import { DialogForm } from "@/components/clusters/dialog-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { RoleFields, type RoleOffer } from "./role-fields";

type AssignRoleProps = { user: { id: string; displayName: string }; offer: RoleOffer };

export function AssignRole({ user, offer }: AssignRoleProps) {
  const t = useTranslations("accounts.roles");
  return (
    <Dialog
      trigger={<Button size="sm">{t("assign")}</Button>}
      title={t("assignTitle", { name: user.displayName })}
      description={t("assignText", { name: user.displayName })}
    >
      <DialogForm
        action={assignRoleAction}
        submitLabel={t("assign")}
        successMessage={t("assigned")}
        fields={["roleId", "systemId", "environments", "expiresAt"]}
        hidden={{ userId: user.id }}
      >
        <RoleFields offer={offer} />
      </DialogForm>
    </Dialog>
  );
}
