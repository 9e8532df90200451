import { readCertificate } from "./certificates";
import { checkAssertion } from "./check-assertion";
import { checkEnvelope, findAssertion } from "./check-response";
import { isNamed, optionalChild } from "./read-element";
import { readIdentity } from "./read-identity";
import { refuse } from "./refusal";
import { checkIdentifiers, checkPlaces } from "./signature-shape";
import { parseStrictXml, type StrictDocument, type XmlLimits } from "./strict-xml";
import { namespaces, type Expectation, type SamlConfig, type SamlIdentity } from "./types";
import { verifySignature } from "./verify-signature";

const base64LengthMax = 400_000;
const limits: XmlLimits = { lengthMax: 300_000, elementsMax: 3000, comments: "refused" };

export interface PostedResponse {
  /** The form field SAMLResponse, base64 as posted. */
  response: string;
  /** The id of the request that this browser was sent away with. */
  expectedRequestId: string;
  now: Date;
}

/**
 * Who signed in, believed only from bytes that a configured certificate signed. Whether the request or the assertion was
 * used before is the caller's to know.
 */
export async function readSamlResponse(config: SamlConfig, posted: PostedResponse): Promise<SamlIdentity> {
  const { expectedRequestId: requestId, now } = posted;
  const document = parseStrictXml(decodeResponse(posted.response), limits);
  const assertion = findAssertion(document.root);
  checkPlaces(document.root, assertion);
  checkIdentifiers(document.root);
  const certificates = config.identityProvider.certificates.map(readCertificate);
  const signed = readSigned(document, assertion, certificates);
  const expectation = { config, requestId, now };
  checkSignedEnvelope(document.root, signed, expectation);
  const validUntil = checkAssertion(signed.assertion, expectation);
  return { ...readIdentity(signed.assertion), validUntil };
}

function decodeResponse(response: string): string {
  if (response.length > base64LengthMax) return refuse("size", `${response.length} characters of base64`);
  const base64 = response.replace(/[ \t\r\n]+/g, "");
  if (base64 === "" || base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64))
    return refuse("encoding", "not base64");
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.from(base64, "base64"));
  } catch {
    return refuse("encoding", "not UTF-8");
  }
}

interface SignedParts {
  /** The response as signed, or null where only the assertion is. */
  response: Element | null;
  assertion: Element;
}

/** Every signature that is there has to hold; the widest one decides what is read. */
function readSigned(document: StrictDocument, assertion: Element, certificates: string[]): SignedParts {
  const ofResponse = verifiedElement(document, document.root, certificates);
  const ofAssertion = verifiedElement(document, assertion, certificates);
  if (ofResponse) return { response: ofResponse, assertion: findAssertion(ofResponse) };
  if (ofAssertion && isNamed(ofAssertion, namespaces.assertion, "Assertion"))
    return { response: null, assertion: ofAssertion };
  return refuse("signature_missing", "neither the response nor the assertion is signed");
}

function verifiedElement(document: StrictDocument, signed: Element, certificates: string[]): Element | null {
  const name = { namespace: namespaces.signature, name: "Signature" };
  const signature = optionalChild(signed, name, "signature_shape");
  if (!signature) return null;
  const covered = verifySignature({ text: document.text, signature, signed }, certificates);
  return parseStrictXml(covered, limits).root;
}

function checkSignedEnvelope(response: Element, signed: SignedParts, expectation: Expectation): void {
  checkEnvelope(signed.response ?? response, signed.response !== null, expectation);
}
