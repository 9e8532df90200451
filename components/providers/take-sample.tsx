"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { takeSampleAction } from "@/app/actions/providers";
import { ActionForm } from "@/components/ui/action-form";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import { stepHref } from "./provider-steps";

type TakeSampleProps = { providerId: string; way: "directory" | "redirect"; isAgain: boolean };

/** A directory answers at once; at the others the administrator signs in for a try and comes back to this page. */
export function TakeSample({ providerId, way, isAgain }: TakeSampleProps) {
  const t = useTranslations("providers.sample");
  const [isLeaving, setIsLeaving] = useState(false);

  function follow({ redirectUrl }: { redirectUrl: string | null }) {
    if (redirectUrl === null) return;
    setIsLeaving(true);
    window.location.assign(redirectUrl);
  }

  return (
    <ActionForm action={takeSampleAction} onSuccess={follow} className="grid max-w-md gap-2">
      <HiddenInputs values={{ providerId, returnTo: stepHref(providerId, "people") }} />
      <FormMessage />
      <SubmitButton
        variant={isAgain ? "secondary" : "primary"}
        className="justify-self-center"
        {...(isLeaving ? { pending: true } : {})}
      >
        {t(isAgain ? `again.${way}` : `take.${way}`)}
      </SubmitButton>
    </ActionForm>
  );
}
