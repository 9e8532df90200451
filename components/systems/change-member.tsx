import { useTranslations } from "next-intl";
import { changeMemberAction } from "@/app/actions/access";
import { DialogForm } from "@/components/clusters/dialog-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { MemberRow } from "@/lib/access/members/schema";
import type { ResourceRole } from "@/lib/vocabulary/permissions";
import { MemberFields } from "./member-fields";
import { placeInputs, type MemberPlace } from "./member-place";

interface ChangeMemberProps {
  member: MemberRow;
  place: MemberPlace;
  grantable: readonly ResourceRole[];
}

export function ChangeMember({ member, place, grantable }: ChangeMemberProps) {
  const t = useTranslations("systems.members");
  return (
    <Dialog
      title={t("changeTitle", { name: member.displayName })}
      trigger={
        <Button variant="ghost" size="sm">
          {t("change")}
        </Button>
      }
    >
      <DialogForm
        action={changeMemberAction}
        submitLabel={t("save")}
        successMessage={t("changed")}
        fields={["role", "expiresAt"]}
        hidden={{ ...placeInputs(place), userId: member.userId }}
      >
        <MemberFields grantable={grantable} role={member.role} expiresAt={member.expiresAt} />
      </DialogForm>
    </Dialog>
  );
}
