import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioCards } from "@/components/ui/radio-cards";
import type { ResourceRole } from "@/lib/vocabulary/permissions";

interface MemberFieldsProps {
  grantable: readonly ResourceRole[];
  role: ResourceRole;
  expiresAt: Date | null;
}

const helps = { owner: "helpOwner", admin: "helpAdmin", member: "helpMember", viewer: "helpViewer" } as const;

/** A role, each with what it may do, and its last day. */
export function MemberFields({ grantable, role, expiresAt }: MemberFieldsProps) {
  const t = useTranslations("systems");
  return (
    <>
      <RadioCards
        name="role"
        label={t("members.role")}
        columns={1}
        defaultValue={role}
        cards={[...grantable].reverse().map((one) => ({
          value: one,
          label: t(`role.${one}`),
          description: t(`members.${helps[one]}`),
        }))}
      />
      <Field name="expiresAt" label={t("members.until")} hint={t("members.untilHint")} optional>
        <Input type="date" defaultValue={expiresAt?.toISOString().slice(0, 10)} className="max-w-44" />
      </Field>
    </>
  );
}
