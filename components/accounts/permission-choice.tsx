"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFormState } from "@/components/ui/action-form-context";
import { Checkbox } from "@/components/ui/checkbox";
import { permissionGroups } from "@/lib/vocabulary/permission-groups";
import type { Permission } from "@/lib/vocabulary/permissions";

/** All of them, or those that are ticked, by what they are about. */
export function PermissionChoice({ offered }: { offered: readonly Permission[] }) {
  const t = useTranslations("accounts.issue");
  const [isAll, setIsAll] = useState(true);
  const error = useFormState()?.fieldError("permissions");
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-2 text-sm font-medium">{t("reach")}</legend>
      <Checkbox
        checked={isAll}
        onChange={(event) => setIsAll(event.target.checked)}
        label={t("everything")}
        description={t("everythingHint")}
      />
      {!isAll && <GroupedPermissions offered={offered} />}
      {error && <p className="text-xs text-danger">{error}</p>}
    </fieldset>
  );
}

function GroupedPermissions({ offered }: { offered: readonly Permission[] }) {
  const t = useTranslations("accounts.issue");
  const [chosen, setChosen] = useState<ReadonlySet<Permission>>(new Set());
  const groups = Object.entries(permissionGroups).map(([group, members]) => ({
    group,
    members: members.filter((permission) => offered.includes(permission)),
  }));

  function choose(permission: Permission, isOn: boolean) {
    const rest = [...chosen].filter((one) => one !== permission);
    setChosen(new Set(isOn ? [...rest, permission] : rest));
  }

  return (
    <div className="grid gap-3 rounded-lg border bg-sunken p-3">
      {/* Nothing ticked is nothing, rather than everything. */}
      <input type="hidden" name="permissions" value="" />
      <p aria-live="polite" className="text-xs text-ink-muted">
        {t("chosen", { count: chosen.size })}
      </p>
      <div className="grid max-h-72 gap-4 overflow-y-auto sm:grid-cols-2">
        {groups
          .filter(({ members }) => members.length > 0)
          .map(({ group, members }) => (
            <PermissionGroup key={group} group={group} members={members} onChoose={choose} />
          ))}
      </div>
    </div>
  );
}

type PermissionGroupProps = {
  group: string;
  members: readonly Permission[];
  onChoose: (permission: Permission, isOn: boolean) => void;
};

function PermissionGroup({ group, members, onChoose }: PermissionGroupProps) {
  const t = useTranslations("accounts.issue");
  const words = useTranslations("access.permission");
  return (
    <fieldset className="grid content-start gap-1.5">
      <legend className="mb-1 text-xs font-medium text-ink-muted">{t(`group.${group}`)}</legend>
      {members.map((permission) => {
        const word = permission.replaceAll(":", "_");
        return (
          <Checkbox
            key={permission}
            name="permissions"
            value={permission}
            onChange={(event) => onChoose(permission, event.target.checked)}
            label={words.has(word) ? words(word) : permission}
            description={words.has(word) ? <code>{permission}</code> : undefined}
          />
        );
      })}
    </fieldset>
  );
}
