import { useTranslations } from "next-intl";
import { updateUserAction } from "@/app/actions/identity";
import { DialogForm } from "@/components/clusters/dialog-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { UserDetail } from "@/lib/identity/schema";

export function EditAccount({ user }: { user: UserDetail }) {
  const t = useTranslations("accounts");
  return (
    <Dialog title={t("action.editTitle")} trigger={<Button>{t("action.edit")}</Button>}>
      <DialogForm
        action={updateUserAction}
        submitLabel={t("action.save")}
        successMessage={t("action.saved")}
        fields={["displayName", "email"]}
        hidden={{ userId: user.id }}
      >
        <Field name="displayName" label={t("create.displayName")} required>
          <Input defaultValue={user.displayName} autoComplete="off" maxLength={100} />
        </Field>
        {user.authType === "local" && (
          <Field name="email" label={t("create.email")} optional>
            <Input type="email" defaultValue={user.email ?? ""} autoComplete="off" maxLength={254} />
          </Field>
        )}
      </DialogForm>
    </Dialog>
  );
}
