import { confirmPasskeyAction, enrollPasskeyAction, enrollTotpAction } from "@/app/actions/mfa";
import type { ActionResult } from "@/components/ui/action-result";
import type { BegunTotp } from "@/lib/identity/factors/schema";
import { makePasskey, unanswered } from "./ask-browser";

/** An app still has to show a code; a passkey is made and confirmed in one go. */
export type Begun = { kind: "app"; begun: BegunTotp } | { kind: "passkey"; recoveryCodes: string[] | null };

export async function beginApp(form: FormData): Promise<ActionResult<Begun>> {
  const result = await enrollTotpAction({ name: textOf(form, "name"), password: textOf(form, "password") });
  return result.ok ? { ok: true, data: { kind: "app", begun: result.data } } : result;
}

export async function addPasskey(form: FormData): Promise<ActionResult<Begun>> {
  const asked = await enrollPasskeyAction({ password: textOf(form, "password") });
  if (!asked.ok) return asked;
  const response = await makePasskey(asked.data.options);
  if (response === null) return unanswered;
  const result = await confirmPasskeyAction({ name: textOf(form, "name"), response });
  return result.ok ? { ok: true, data: { kind: "passkey", ...result.data } } : result;
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
