import { SignedXml } from "xml-crypto";
import { refuse } from "./refusal";
import { hashAlgorithms, signatureAlgorithms } from "./signature-algorithms";
import { checkSignatureShape } from "./signature-shape";
import { transforms } from "./types";

export interface SignedPlace {
  /** The whole document, as it was parsed. */
  text: string;
  signature: Element;
  /** The element that the signature stands in and must cover. */
  signed: Element;
}

/** The bytes that the signature covers, canonical; nothing else of the document may be believed. */
export function verifySignature(place: SignedPlace, certificates: string[]): string {
  checkSignatureShape(place.signature, place.signed);
  for (const certificate of certificates) {
    const covered = coveredBytes(place, certificate);
    if (covered !== null) return covered;
  }
  return refuse("signature_invalid", `no configured certificate verifies the ${place.signed.localName}`);
}

function coveredBytes(place: SignedPlace, certificate: string): string | null {
  const signature = new SignedXml({ publicCert: certificate, getCertFromKeyInfo: () => null });
  signature.SignatureAlgorithms = signatureAlgorithms();
  signature.HashAlgorithms = hashAlgorithms();
  const { CanonicalizationAlgorithms: known } = signature;
  signature.CanonicalizationAlgorithms = pick(known, Object.values(transforms));
  try {
    signature.loadSignature(place.signature);
    if (!signature.checkSignature(place.text)) return null;
  } catch {
    return null;
  }
  const [covered, ...more] = signature.getSignedReferences();
  return covered !== undefined && more.length === 0 ? covered : null;
}

function pick<Value>(record: Record<string, Value>, keys: string[]): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => keys.includes(key)));
}
