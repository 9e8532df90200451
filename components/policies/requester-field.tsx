import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { resourceRoles } from "@/lib/vocabulary/permissions";
import type { DraftProps } from "./policy-names";
import { useRequesterName } from "./policy-words";

interface RequesterFieldProps extends DraftProps {
  roles: readonly { id: string; name: string }[];
}

/** What the requester has to be: something on the System, or the holder of a role there. */
export function RequesterField({ draft, onChange, roles }: RequesterFieldProps) {
  const t = useTranslations("policies.form");
  const nameOf = useRequesterName();
  return (
    <Field name="requesterRole" label={t("requester")}>
      <Select
        value={draft.requesterRole}
        onChange={(event) => onChange({ requesterRole: event.target.value })}
      >
        <option value="">{t("anyRequester")}</option>
        <optgroup label={t("onSystem")}>
          {resourceRoles.map((role) => (
            <option key={role} value={role}>
              {nameOf(role, null)}
            </option>
          ))}
        </optgroup>
        <optgroup label={t("roles")}>
          {roles.map(({ id, name }) => (
            <option key={id} value={id}>
              {nameOf(id, name)}
            </option>
          ))}
        </optgroup>
      </Select>
    </Field>
  );
}
