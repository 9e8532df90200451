"use client";

import { endEmergencyAction } from "@/app/actions/emergencies";
import { ActionForm } from "@/components/ui/action-form";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";

/** Its words come from the server: the messages of emergencies are not on every page. */
type EndFormProps = { emergencyId: string; label: string; endedMessage: string };

export function EndForm({ emergencyId, label, endedMessage }: EndFormProps) {
  return (
    <ActionForm action={endEmergencyAction} successMessage={endedMessage} className="flex">
      <HiddenInputs values={{ emergencyId }} />
      <SubmitButton variant="secondary" size="sm">
        {label}
      </SubmitButton>
    </ActionForm>
  );
}
