import type { SamlConfig } from "@/lib/adapters/saml/types";
import { publicBaseUrl } from "@/lib/core/env";
import { ownAddresses } from "./rules";
import type { SamlSettings } from "./settings/schema";

const clockSkewSeconds = 30;

/** Settings in the form of the wall; our own names follow from the provider's id. */
export function connectSaml(providerId: string, settings: SamlSettings): SamlConfig {
  const ours = ownAddresses(publicBaseUrl().origin, { id: providerId, authType: "saml" });
  return {
    entityId: ours.entityId ?? "",
    assertionConsumerUrl: ours.callbackUrl ?? "",
    identityProvider: settings,
    clockSkewSeconds,
  };
}
