export interface SamlConfig {
  /** Our own entity id, which the audience must name. */
  entityId: string;
  assertionConsumerUrl: string;
  identityProvider: IdentityProvider;
  clockSkewSeconds: number;
}

export interface IdentityProvider {
  entityId: string;
  /** Where the browser goes with a request (redirect binding). */
  ssoUrl: string;
  /** Signing certificates, as PEM or as bare base64; more than one while keys are rotated. */
  certificates: string[];
}

export interface SamlIdentity {
  nameId: string;
  nameIdFormat: string;
  sessionIndex: string | null;
  attributes: Record<string, string[]>;
  assertionId: string;
  /** From this moment on the same response would be refused as expired, so a replay row may go. */
  validUntil: Date;
}

/** What one response is judged against. */
export interface Expectation {
  config: SamlConfig;
  requestId: string;
  now: Date;
}

export const unspecifiedNameIdFormat = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";

export const namespaces = {
  protocol: "urn:oasis:names:tc:SAML:2.0:protocol",
  assertion: "urn:oasis:names:tc:SAML:2.0:assertion",
  metadata: "urn:oasis:names:tc:SAML:2.0:metadata",
  signature: "http://www.w3.org/2000/09/xmldsig#",
} as const;

/** The two transforms of a signature that are read, in their order. */
export const transforms = {
  enveloped: "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
  exclusive: "http://www.w3.org/2001/10/xml-exc-c14n#",
} as const;
