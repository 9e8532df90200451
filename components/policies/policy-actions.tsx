"use client";

import { useTranslations } from "next-intl";
import { deletePolicyAction, setPolicyStateAction } from "@/app/actions/policies";
import { Button } from "@/components/ui/button";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { LinkButton } from "@/components/ui/link-button";
import { RefusedButton } from "@/components/ui/refused-button";
import type { PolicyState } from "@/lib/requests/policies/rules";
import type { PolicyListRow } from "@/lib/requests/policies/schema";
import type { PreviewChanges } from "@/lib/requests/replays/schema";
import { previewDays } from "./affected-panel";
import { ChangeEffect } from "./change-effect";
import { draftOf, questionOf } from "./policy-draft";

/** What can become of a rule from where it stands; each asks with what it would change. */
export function PolicyActions({ policy }: { policy: PolicyListRow }) {
  const t = useTranslations("policies.actions");
  const isReplacement = policy.replacesId !== null;
  return (
    <>
      {policy.state !== "active" && <MoveButton policy={policy} to="active" />}
      {policy.state === "draft" && <MoveButton policy={policy} to="shadow" />}
      {policy.state === "shadow" && <MoveButton policy={policy} to="draft" />}
      {policy.state === "active" && (
        <LinkButton href={`/admin/policies/new?from=${policy.id}`}>{t("draft")}</LinkButton>
      )}
      {policy.state === "active" && <MoveButton policy={policy} to="disabled" />}
      {!isReplacement && policy.state === "active" && !policy.isDefault && (
        <MoveButton policy={policy} to="shadow" />
      )}
      <DeleteButton policy={policy} />
    </>
  );
}

const movesTo = {
  active: { name: "activate", tone: "primary" },
  shadow: { name: "watch", tone: "primary" },
  disabled: { name: "disable", tone: "danger" },
  draft: { name: "toDraft", tone: "primary" },
} as const satisfies Record<PolicyState, unknown>;

export function MoveButton({ policy, to }: { policy: PolicyListRow; to: PolicyState }) {
  const t = useTranslations("policies.actions");
  const { name, tone } = movesTo[to];
  const question = questionOfMove(policy, to);
  const takesOver = to === "active" && policy.replacesId !== null;
  return (
    <ConfirmAction
      trigger={<Button variant={to === "active" ? "primary" : undefined}>{t(name)}</Button>}
      title={t(`${name}Title`, { name: policy.name })}
      description={t(takesOver ? "takeOverText" : `${name}Text`)}
      confirmLabel={t(name)}
      action={setPolicyStateAction}
      hidden={{ policyId: policy.id, revision: String(policy.revision), state: to }}
      tone={tone}
      successMessage={t("done")}
    >
      {question && <ChangeEffect question={question} />}
    </ConfirmAction>
  );
}

/** A rule that begins or ceases to answer changes something; a draft that watches changes nothing. */
function questionOfMove(policy: PolicyListRow, to: PolicyState): PreviewChanges | null {
  if (to === "active")
    return questionOf(draftOf(policy), { days: previewDays, replacesId: policy.replacesId });
  return policy.state === "active" ? withoutRule(policy) : null;
}

function withoutRule({ id }: PolicyListRow): PreviewChanges {
  return { days: previewDays, leaveOut: [id], rule: null, replacesId: null };
}

function DeleteButton({ policy }: { policy: PolicyListRow }) {
  const t = useTranslations("policies.actions");
  if (policy.isDefault) return <RefusedButton reason={t("deleteRefused")}>{t("delete")}</RefusedButton>;
  return (
    <ConfirmAction
      trigger={<Button>{t("delete")}</Button>}
      title={t("deleteTitle", { name: policy.name })}
      description={t("deleteText")}
      confirmLabel={t("delete")}
      action={deletePolicyAction}
      hidden={{ policyId: policy.id, confirm: "true" }}
      tone="danger"
    >
      {policy.state === "active" && <ChangeEffect question={withoutRule(policy)} />}
    </ConfirmAction>
  );
}
