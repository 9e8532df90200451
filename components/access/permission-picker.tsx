"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import type { PermissionGroupRow } from "@/lib/access/roles/schema";
import type { Permission } from "@/lib/vocabulary/permissions";
import { usePermissionText } from "./role-words";

type Chosen = ReadonlySet<Permission>;

interface PermissionPickerProps {
  groups: readonly PermissionGroupRow[];
  chosen: Chosen;
  onChange: (next: Chosen) => void;
}

/** Every permission there is, to tick, group by group; what the reader does not hold says so. */
export function PermissionPicker({ groups, chosen, onChange }: PermissionPickerProps) {
  return (
    <div className="grid min-w-0 gap-4">
      {groups.map((group) => (
        <GroupCard key={group.group} group={group} chosen={chosen} onChange={onChange} />
      ))}
    </div>
  );
}

type GroupCardProps = Omit<PermissionPickerProps, "groups"> & { group: PermissionGroupRow };

function GroupCard({ group, chosen, onChange }: GroupCardProps) {
  const t = useTranslations("access");
  const grantable = group.permissions.filter(({ canGrant }) => canGrant).map(({ permission }) => permission);
  const count = group.permissions.filter(({ permission }) => chosen.has(permission)).length;
  const hasAll = grantable.every((permission) => chosen.has(permission));

  function chooseAll() {
    const rest = [...chosen].filter((permission) => !grantable.includes(permission));
    onChange(new Set(hasAll ? rest : [...rest, ...grantable]));
  }

  const all = grantable.length > 1 && (
    <Button variant="ghost" size="sm" onClick={chooseAll}>
      {t(hasAll ? "form.none" : "form.all")}
    </Button>
  );
  return (
    <Card
      title={t(`group.${group.group}`)}
      actions={
        <>
          <span className="text-xs text-ink-faint tabular-nums">
            {t("form.chosen", { chosen: count, count: group.permissions.length })}
          </span>
          {all}
        </>
      }
    >
      <div role="group" aria-label={t(`group.${group.group}`)} className="grid gap-3 sm:grid-cols-2">
        {group.permissions.map((row) => (
          <PermissionBox key={row.permission} row={row} chosen={chosen} onChange={onChange} />
        ))}
      </div>
    </Card>
  );
}

type PermissionBoxProps = Omit<GroupCardProps, "group"> & { row: PermissionGroupRow["permissions"][number] };

function PermissionBox({ row: { permission, canGrant }, chosen, onChange }: PermissionBoxProps) {
  const t = useTranslations("access.form");
  const textOf = usePermissionText();
  const isChosen = chosen.has(permission);

  function toggle() {
    onChange(new Set(isChosen ? [...chosen].filter((one) => one !== permission) : [...chosen, permission]));
  }

  return (
    <Checkbox
      name="permissions"
      value={permission}
      checked={isChosen}
      disabled={!canGrant && !isChosen}
      onChange={toggle}
      label={textOf(permission)}
      description={
        <>
          <code className="font-mono">{permission}</code>
          {!canGrant && !isChosen && <span className="block text-warning">{t("notYours")}</span>}
        </>
      }
    />
  );
}
