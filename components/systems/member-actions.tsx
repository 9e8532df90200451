import { useTranslations } from "next-intl";
import { leaveSystemAction, removeMemberAction } from "@/app/actions/access";
import { Button } from "@/components/ui/button";
import { ConfirmAction } from "@/components/ui/confirm-action";
import type { MemberPowers, MemberRow } from "@/lib/access/members/schema";
import { ChangeMember } from "./change-member";
import { placeInputs, type MemberPlace } from "./member-place";

interface MemberActionsProps {
  member: MemberRow;
  place: MemberPlace;
  powers: MemberPowers;
  isSelf: boolean;
  isLastOwner: boolean;
}

/** What the reader may do with a member, or the rule that forbids it. */
export function MemberActions({ member, place, powers, isSelf, isLastOwner }: MemberActionsProps) {
  const t = useTranslations("systems.members");
  if (member.isInherited) return null;
  if (isLastOwner && (isSelf || powers.canManage)) return <Reason>{t("lastOwner")}</Reason>;
  const mayTouch = powers.grantable.includes(member.role);
  if (!mayTouch && !isSelf) return powers.canManage ? <Reason>{t("ownersOnly")}</Reason> : null;
  return (
    <span className="flex gap-1 max-sm:-ml-2.5 sm:justify-end">
      {mayTouch && <ChangeMember member={member} place={place} grantable={powers.grantable} />}
      {isSelf ? (
        <Leave place={place} userId={member.userId} />
      ) : (
        <RemoveMember member={member} place={place} />
      )}
    </span>
  );
}

function Reason({ children }: { children: string }) {
  return (
    <span className="block max-w-56 text-xs text-pretty text-ink-faint sm:ml-auto sm:text-right sm:whitespace-normal">
      {children}
    </span>
  );
}

function RemoveMember({ member, place }: { member: MemberRow; place: MemberPlace }) {
  const t = useTranslations("systems");
  const { displayName: name } = member;
  return (
    <ConfirmAction
      trigger={
        <Button variant="ghost" size="sm">
          {t("members.remove")}
        </Button>
      }
      title={t("members.removeTitle", { name })}
      description={t("members.removeText", { name, role: t(`role.${member.role}`), place: place.name })}
      confirmLabel={t("members.remove")}
      tone="danger"
      action={removeMemberAction}
      hidden={{ ...placeInputs(place), userId: member.userId }}
      successMessage={t("members.removed")}
    />
  );
}

/** Whoever leaves a service stays on the page of its system; whoever leaves the system may not see it any more. */
function Leave({ place, userId }: { place: MemberPlace; userId: string }) {
  const t = useTranslations("systems.members");
  return (
    <ConfirmAction
      trigger={
        <Button variant="ghost" size="sm">
          {t("leave")}
        </Button>
      }
      title={t("leaveTitle", { name: place.name })}
      description={t("leaveText")}
      confirmLabel={t("leave")}
      tone="danger"
      action={place.resourceType === "system" ? leaveSystemAction : removeMemberAction}
      hidden={{ ...placeInputs(place), userId }}
    />
  );
}
