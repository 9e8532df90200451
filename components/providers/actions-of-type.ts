import {
  configureLdapAction,
  configureOidcAction,
  configureSamlAction,
  testLdapAction,
  testOidcAction,
  testSamlAction,
  updateLdapAction,
  updateOidcAction,
  updateSamlAction,
} from "@/app/actions/providers";
import type { ActionResult } from "@/components/ui/action-result";
import type { ConnectionReport, ProviderType } from "@/lib/identity/providers/schema";

interface TypeActions {
  configure: (form: FormData) => Promise<ActionResult>;
  update: (form: FormData) => Promise<ActionResult>;
  test: (form: FormData) => Promise<ActionResult<ConnectionReport>>;
}

/** A form is read by its schema's members, so each type has actions of its own. */
export const actionsOfType: Record<ProviderType, TypeActions> = {
  oidc: { configure: configureOidcAction, update: updateOidcAction, test: testOidcAction },
  saml: { configure: configureSamlAction, update: updateSamlAction, test: testSamlAction },
  ldap: { configure: configureLdapAction, update: updateLdapAction, test: testLdapAction },
};
