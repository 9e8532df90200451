import type { SamlReason } from "@/lib/adapters/saml/refusal";
import type { SamlConfig } from "@/lib/adapters/saml/types";
import type { SigningKeys } from "./keys";
import { encode, signPart, type SigningChoice } from "./sign-response";
import { writeResponse, type ResponseParts } from "./write-response";

/** One response that has to be refused, and for which cause: a refusal for another one proves nothing. */
export interface BadCase {
  name: string;
  /** The form field as posted. */
  response: string;
  reasons: SamlReason[];
  config?: Partial<SamlConfig>;
}

export function badXml(name: string, reason: SamlReason | SamlReason[], xml: string): BadCase {
  return { name, reasons: [reason].flat(), response: encode(xml) };
}

/** A piece is wrong and the assertion is signed with the right key all the same. */
export function badContent(
  keys: SigningKeys,
  { name, reason }: { name: string; reason: SamlReason | SamlReason[] },
  change: Partial<ResponseParts>,
): BadCase {
  return badXml(name, reason, signPart(writeResponse(change), "Assertion", keys.current));
}

/** The message is right and the way it is signed is not. */
export function badSigning(
  keys: SigningKeys,
  { name, reason }: { name: string; reason: SamlReason | SamlReason[] },
  choice: SigningChoice,
): BadCase {
  return badXml(name, reason, signPart(writeResponse(), "Assertion", keys.current, choice));
}
