/** Why a message or a metadata document of an identity provider is not believed. */
export const samlReasons = [
  ...["size", "encoding", "xml", "structure", "encrypted"],
  ...["signature_missing", "signature_shape", "signature_algorithm", "signature_invalid", "certificate"],
  ...["status", "issuer", "destination", "in_response_to"],
  ...["name_id", "confirmation", "conditions", "audience", "expired", "not_yet_valid", "statement"],
  "metadata",
] as const;
export type SamlReason = (typeof samlReasons)[number];

export class SamlRefusal extends Error {
  readonly reason: SamlReason;

  constructor(reason: SamlReason, detail: string) {
    super(`${reason}: ${detail}`);
    this.name = "SamlRefusal";
    this.reason = reason;
  }
}

export function refuse(reason: SamlReason, detail: string): never {
  throw new SamlRefusal(reason, detail);
}
