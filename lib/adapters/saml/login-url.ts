import { SAML } from "@node-saml/node-saml";
import type { CacheProvider } from "@node-saml/node-saml";
import type { SamlConfig } from "./types";

export interface LoginRequest {
  /** "_" and hexadecimal digits, kept by the caller until the answer comes. */
  requestId: string;
  relayState: string;
}

const requestIdShape = /^_[0-9a-f]{32,64}$/;
const relayStateLengthMax = 80;

/** Where the browser goes to sign in: an AuthnRequest in the redirect binding. */
export function samlLoginUrl(config: SamlConfig, request: LoginRequest): Promise<string> {
  if (!requestIdShape.test(request.requestId)) throw new Error("a request id is _ and hexadecimal digits");
  if (Buffer.byteLength(request.relayState) > relayStateLengthMax)
    throw new Error(`SAML allows ${relayStateLengthMax} bytes of relay state`);
  const provider = new SAML({
    issuer: config.entityId,
    callbackUrl: config.assertionConsumerUrl,
    entryPoint: config.identityProvider.ssoUrl,
    idpCert: config.identityProvider.certificates,
    identifierFormat: null,
    disableRequestedAuthnContext: true,
    generateUniqueId: () => request.requestId,
    cacheProvider: noCache,
  });
  return provider.getAuthorizeUrlAsync(request.relayState, undefined, {});
}

/** Requests are rows of the caller; the library is to remember nothing. */
const noCache: CacheProvider = {
  saveAsync: () => Promise.resolve(null),
  getAsync: () => Promise.resolve(null),
  removeAsync: () => Promise.resolve(null),
};
