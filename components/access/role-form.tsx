"use client";

import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { ActionForm } from "@/components/ui/action-form";
import type { ActionResult } from "@/components/ui/action-result";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Input } from "@/components/ui/input";
import { LinkButton } from "@/components/ui/link-button";
import { SubmitButton } from "@/components/ui/submit-button";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import type { PermissionGroupRow, RoleRow } from "@/lib/access/roles/schema";
import type { Permission } from "@/lib/vocabulary/permissions";
import { PermissionPicker } from "./permission-picker";
import { RoleSummary } from "./role-summary";

type FormRole = Pick<RoleRow, "displayName" | "description" | "permissions" | "requireMfa" | "enabled">;

interface RoleFormProps {
  action: (form: FormData) => Promise<ActionResult>;
  groups: readonly PermissionGroupRow[];
  role: FormRole;
  /** Absent for a new role, which is given its lasting name here. */
  roleId?: string;
  holderCount?: number;
  cancelHref: string;
}

/** The editor of a role: what it is called, what it can do, and what that comes to, side by side. */
export function RoleForm({ action, groups, role, roleId, holderCount, cancelHref }: RoleFormProps) {
  const t = useTranslations("access");
  const [chosen, setChosen] = useState<ReadonlySet<Permission>>(() => new Set(role.permissions));
  return (
    <ActionForm
      action={action}
      successMessage={t("role.saved")}
      className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(17rem,1fr)]"
    >
      <HiddenInputs values={roleId === undefined ? undefined : { roleId }} />
      <div className="grid min-w-0 gap-5">
        <Card>
          <div className="grid gap-4">
            <RoleNames role={role} isNew={roleId === undefined} />
          </div>
        </Card>
        <PermissionPicker groups={groups} chosen={chosen} onChange={setChosen} />
      </div>
      <div className="grid min-w-0 gap-4 lg:sticky lg:top-18">
        <RoleSummary groups={groups} chosen={chosen} />
        <Card>
          <div className="grid gap-4">
            <Switch
              name="requireMfa"
              label={t("role.requireMfa")}
              description={t("role.requireMfaHint")}
              defaultChecked={role.requireMfa}
            />
            {roleId !== undefined && (
              <Switch
                name="enabled"
                label={t("form.enabled")}
                description={t("form.enabledHint")}
                defaultChecked={role.enabled}
              />
            )}
          </div>
        </Card>
        <FormMessage visibleFields={["displayName", "name", "description"]} />
        <FormEnd cancelHref={cancelHref} isNew={roleId === undefined}>
          {holderCount !== undefined && (
            <p className="text-xs text-ink-muted">{t("form.reach", { count: holderCount })}</p>
          )}
        </FormEnd>
      </div>
    </ActionForm>
  );
}

function RoleNames({ role, isNew }: { role: FormRole; isNew: boolean }) {
  const t = useTranslations("access.form");
  return (
    <>
      <Field name="displayName" label={t("displayName")} required>
        <Input defaultValue={role.displayName} maxLength={60} autoComplete="off" />
      </Field>
      {isNew && (
        <Field name="name" label={t("name")} hint={t("nameHint")} required>
          <Input mono autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={40} />
        </Field>
      )}
      <Field name="description" label={t("description")} optional>
        <Textarea rows={2} maxLength={500} defaultValue={role.description} />
      </Field>
    </>
  );
}

function FormEnd({
  cancelHref,
  isNew,
  children,
}: {
  cancelHref: string;
  isNew: boolean;
  children: ReactNode;
}) {
  const t = useTranslations("access.form");
  return (
    <div className="grid gap-2">
      {children}
      <div className="flex flex-wrap gap-2">
        <SubmitButton>{t(isNew ? "create" : "save")}</SubmitButton>
        <LinkButton href={cancelHref} variant="ghost">
          {t("cancel")}
        </LinkButton>
      </div>
    </div>
  );
}
