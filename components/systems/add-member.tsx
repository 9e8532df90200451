"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { addMemberAction, findMemberCandidatesAction } from "@/app/actions/access";
import { DialogForm } from "@/components/clusters/dialog-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { ResourceRole } from "@/lib/vocabulary/permissions";
import { CandidatePicker } from "./candidate-picker";
import { MemberFields } from "./member-fields";
import { placeInputs, type MemberPlace } from "./member-place";

interface AddMemberProps {
  place: MemberPlace;
  grantable: readonly ResourceRole[];
}

export function AddMember({ place, grantable }: AddMemberProps) {
  const t = useTranslations("systems.members");
  return (
    <Dialog title={t("addTo", { name: place.name })} trigger={<Button variant="primary">{t("add")}</Button>}>
      <DialogForm
        action={addMemberAction}
        submitLabel={t("add")}
        successMessage={t("added")}
        fields={["userId", "role", "expiresAt"]}
        hidden={placeInputs(place)}
      >
        <PlaceCandidates place={place} />
        <MemberFields grantable={grantable} role="member" expiresAt={null} />
      </DialogForm>
    </Dialog>
  );
}

function PlaceCandidates({ place: { systemId, resourceType, resourceId } }: { place: MemberPlace }) {
  const find = useCallback(
    async (q: string) => {
      const answer = await findMemberCandidatesAction({ systemId, resourceType, resourceId, q });
      return answer.ok ? answer.data : null;
    },
    [systemId, resourceType, resourceId],
  );
  return <CandidatePicker find={find} />;
}
