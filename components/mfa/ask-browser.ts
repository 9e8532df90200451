import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";
import type { ActionFailure } from "@/components/ui/action-result";
import type { WebauthnJson } from "@/lib/identity/factors/schema";

/** Not an error of the portal: the person closed the browser's question, or no passkey fits. */
export const unanswered: ActionFailure = { ok: false, code: "PASSKEY_UNANSWERED" };

/** Has the browser make a passkey; null where it did not. */
export async function makePasskey(options: WebauthnJson): Promise<WebauthnJson | null> {
  const { startRegistration } = await import("@simplewebauthn/browser");
  // The server's library wrote them; on the way they were plain JSON.
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
  return answerOf(startRegistration({ optionsJSON }));
}

/** Has the browser prove a passkey; null where it did not. */
export async function provePasskey(options: WebauthnJson): Promise<WebauthnJson | null> {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  // The server's library wrote them; on the way they were plain JSON.
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  return answerOf(startAuthentication({ optionsJSON }));
}

function answerOf(asking: Promise<object>): Promise<WebauthnJson | null> {
  return asking.then(
    // Left out are members without a value, which JSON does not have.
    (answer): WebauthnJson => JSON.parse(JSON.stringify(answer)),
    () => null,
  );
}
