"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { ReasonSubject } from "@/lib/requests/reject-reasons/schema";
import { useRejectReasons } from "./reject-reasons";

/** The requester reads the reason, so one is needed; the usual ones are a click. */
export function ReasonField({ about }: { about: ReasonSubject }) {
  const t = useTranslations("approvals");
  const reasons = useRejectReasons(about);
  const [reason, setReason] = useState("");
  return (
    <div className="grid gap-2">
      <Field name="reason" label={t("reject.reason")} required>
        <Textarea
          rows={3}
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      {reasons.length > 0 && (
        <div role="group" aria-label={t("reject.usual")} className="flex flex-wrap gap-1.5">
          {reasons.map((text) => (
            <Button key={text} size="sm" title={text} onClick={() => setReason(text)} className="max-w-full">
              <span className="truncate">{firstSentence(text)}</span>
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

/** A reason begins with what it is called. */
function firstSentence(text: string): string {
  return /^.{2,60}?(?=[.;:。；：!?！？](?:\s|$)|[。；：！？])/u.exec(text)?.[0] ?? text;
}
