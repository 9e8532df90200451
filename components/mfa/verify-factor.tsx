"use client";

import { useTranslations } from "next-intl";
import { useRef, useState, type FormEvent } from "react";
import type { ActionFailure } from "@/components/ui/action-result";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { Input } from "@/components/ui/input";
import { useErrorText } from "@/components/ui/use-error-text";
import type { FactorKinds } from "@/lib/identity/factors/schema";
import { useVerification } from "./use-verification";

type VerifyFactorProps = { kinds: FactorKinds; onVerified: () => void };

/** Asks for one of the person's second factors; the app first, then a passkey, then a recovery code. */
export function VerifyFactor({ kinds, onVerified }: VerifyFactorProps) {
  const t = useTranslations("mfa.verify");
  const hasOther = kinds.app || kinds.passkey;
  const [onPaper, setOnPaper] = useState(!hasOther);
  const { pending, failure, verify, verifyWithPasskey, forget } = useVerification(onVerified);
  const typed = onPaper ? "recoveryCode" : "code";
  const showsForm = onPaper || kinds.app;

  function change() {
    forget();
    setOnPaper(!onPaper);
  }

  if (!hasOther && !kinds.recoveryCode) return <NothingToProve />;
  return (
    <div className="grid gap-4">
      <Refusal failure={failure} typed={typed} />
      {showsForm && (
        <TypedProof
          key={typed}
          name={typed}
          failure={failure}
          pending={pending === "typed"}
          onType={(text) => void verify(onPaper ? { recoveryCode: text } : { code: text })}
        />
      )}
      {kinds.passkey && !onPaper && (
        <Button
          variant={kinds.app ? "secondary" : "primary"}
          size="lg"
          pending={pending === "passkey"}
          onClick={() => void verifyWithPasskey()}
        >
          <Icon name="key" />
          {t("passkey")}
        </Button>
      )}
      {kinds.recoveryCode && hasOther && (
        <Button variant="ghost" size="sm" className="justify-self-start" onClick={change}>
          {onPaper ? t("useOther") : t("useRecoveryCode")}
        </Button>
      )}
    </div>
  );
}

type TypedProofProps = {
  name: "code" | "recoveryCode";
  failure: ActionFailure | null;
  pending: boolean;
  onType: (text: string) => void;
};

function TypedProof({ name, failure, pending, onType }: TypedProofProps) {
  const t = useTranslations("mfa.verify");
  const errorText = useErrorText();
  const input = useRef<HTMLInputElement>(null);
  const refused = failure?.fields?.[name];
  const isCode = name === "code";

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    onType(String(new FormData(event.currentTarget).get(name)));
    input.current?.select();
  }

  return (
    <form onSubmit={submit} className="grid gap-4" noValidate>
      <Field
        name={name}
        label={isCode ? t("code") : t("recoveryCode")}
        hint={isCode ? t("codeHint") : t("recoveryHint")}
        error={refused && errorText(refused)}
      >
        <Input
          ref={input}
          mono
          autoFocus
          required
          inputMode={isCode ? "numeric" : "text"}
          autoComplete={isCode ? "one-time-code" : "off"}
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
          className="h-10 text-base tracking-widest"
        />
      </Field>
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        {t("submit")}
      </Button>
    </form>
  );
}

/** What no input on the screen can say. */
function Refusal({ failure, typed }: { failure: ActionFailure | null; typed: string }) {
  const t = useTranslations("mfa.verify");
  const errorText = useErrorText();
  if (failure === null || failure.fields?.[typed]) return null;
  const isPasskey = failure.fields?.["passkey"] !== undefined;
  return (
    <Callout tone="danger" role="alert">
      {isPasskey ? t("passkeyRefused") : errorText(failure)}
    </Callout>
  );
}

function NothingToProve() {
  const t = useTranslations("mfa.verify");
  return (
    <Callout tone="warning" title={t("nothing")}>
      {t("nothingAdvice")}
    </Callout>
  );
}
