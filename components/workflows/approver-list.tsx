"use client";

import { useTranslations } from "next-intl";
import { useRoleName } from "@/components/access/role-words";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import type { ApproverKind, ApproverRef } from "@/lib/requests/workflows/schema";
import { offeredKinds, refOf, replaced, without } from "./workflow-draft";

export interface Names {
  roles: readonly { id: string; name: string }[];
  cohorts: readonly { id: string; name: string }[];
  users: readonly { id: string; name: string }[];
  systems: readonly { id: string; name: string }[];
  environments: readonly { id: string; name: string; environmentClass: string }[];
  costClasses: readonly string[];
}

interface ApproverListProps {
  /** The path of the list in what is saved, such as `steps.0.approvers`. */
  path: string;
  label: string;
  approvers: readonly ApproverRef[];
  names: Names;
  onChange: (approvers: ApproverRef[]) => void;
}

/** Whom a step asks: one row for each, of whatever kind. */
export function ApproverList({ path, label, approvers, names, onChange }: ApproverListProps) {
  const t = useTranslations("workflows.form");
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      {approvers.map((approver, index) => (
        <div key={index} className="flex flex-wrap items-start gap-2">
          <ApproverRow
            path={`${path}.${index}`}
            approver={approver}
            names={names}
            onChange={(next) => onChange(replaced(approvers, index, next))}
          />
          {approvers.length > 1 && (
            <IconButton label={t("removeApprover")} onClick={() => onChange(without(approvers, index))}>
              <Icon name="trash" />
            </IconButton>
          )}
        </div>
      ))}
      <div>
        <Button
          variant="ghost"
          size="sm"
          onClick={() => onChange([...approvers, refOf("holders", null)])}
          disabled={approvers.length >= approversMax}
        >
          {t("addApprover")}
        </Button>
      </div>
    </fieldset>
  );
}

const approversMax = 20;

interface ApproverRowProps {
  path: string;
  approver: ApproverRef;
  names: Names;
  onChange: (approver: ApproverRef) => void;
}

function ApproverRow({ path, approver, names, onChange }: ApproverRowProps) {
  const t = useTranslations("workflows");
  const roleName = useRoleName();
  const choices = {
    role: names.roles.map(({ id, name }) => ({ value: id, label: roleName({ id, displayName: name }) })),
    cohort: names.cohorts.map(({ id, name }) => ({ value: id, label: name })),
    user: names.users.map(({ id, name }) => ({ value: id, label: name })),
  };
  const named = "role cohort user".split(" ").find((kind) => kind === approver.kind);
  const list =
    named === undefined ? null : choices[named === "role" ? "role" : named === "cohort" ? "cohort" : "user"];
  return (
    <div className="grid min-w-0 flex-1 gap-2 sm:grid-cols-2">
      <Select
        aria-label={t("form.approverKind")}
        value={approver.kind}
        onChange={(event) => {
          // The options are the offered kinds.
          const kind = event.target.value as ApproverKind;
          const first =
            kind === "role" || kind === "cohort" || kind === "user" ? choices[kind][0]?.value : null;
          onChange(refOf(kind, first ?? null));
        }}
        options={offeredKinds.map((kind) => ({
          value: kind,
          label: t(`kind.${kind}`),
          disabled: (kind === "cohort" || kind === "role" || kind === "user") && choices[kind].length === 0,
        }))}
      />
      {list && (
        <Field
          name={`${path}.refId`}
          label={<span className="sr-only">{t("form.who")}</span>}
          className="gap-0"
        >
          <Select
            value={approver.refId ?? ""}
            onChange={(event) => onChange({ ...approver, refId: event.target.value })}
            options={list}
          />
        </Field>
      )}
    </div>
  );
}
