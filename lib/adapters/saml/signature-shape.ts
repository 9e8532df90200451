import {
  attributeOf,
  childElements,
  isNamed,
  onlyChild,
  optionalChild,
  plainText,
  refuseOtherChildren,
  requiredAttribute,
} from "./read-element";
import { refuse } from "./refusal";
import { isDigestMethod, isSignatureMethod } from "./signature-algorithms";
import { attributesOf, everyElement } from "./strict-xml";
import { namespaces, transforms } from "./types";

const ds = (name: string) => ({ namespace: namespaces.signature, name });
const identifier = /^[A-Za-z_][\w.-]{0,255}$/;
const base64 = /^[A-Za-z0-9+/=\s]+$/;

const keyInfoNames = new Set([
  ...["X509Data", "X509Certificate", "X509SubjectName", "X509IssuerSerial", "X509IssuerName"],
  ...["X509SerialNumber", "X509SKI", "KeyName", "KeyValue", "RSAKeyValue", "Modulus", "Exponent"],
  ...["ECKeyValue", "NamedCurve", "PublicKey"],
]);

/**
 * The only shape of a signature that is looked at: one same-document reference to the very element it stands in,
 * enveloped and exclusively canonicalised, with known algorithms. The key it names is ignored.
 */
export function checkSignatureShape(signature: Element, signed: Element): void {
  refuseOtherChildren(signature, [ds("SignedInfo"), ds("SignatureValue"), ds("KeyInfo")], "signature_shape");
  const signedInfo = onlyChild(signature, ds("SignedInfo"), "signature_shape");
  checkBase64(onlyChild(signature, ds("SignatureValue"), "signature_shape"));
  const keyInfo = optionalChild(signature, ds("KeyInfo"), "signature_shape");
  if (keyInfo) checkKeyInfo(keyInfo);
  checkSignedInfo(signedInfo);
  checkReference(onlyChild(signedInfo, ds("Reference"), "signature_shape"), signed);
}

function checkSignedInfo(signedInfo: Element): void {
  const names = [ds("CanonicalizationMethod"), ds("SignatureMethod"), ds("Reference")];
  refuseOtherChildren(signedInfo, names, "signature_shape");
  const canonicalization = onlyChild(signedInfo, ds("CanonicalizationMethod"), "signature_shape");
  if (algorithmOf(canonicalization) !== transforms.exclusive)
    refuse("signature_algorithm", "another canonicalisation than the exclusive one");
  refuseOtherChildren(canonicalization, [], "signature_shape");
  const method = onlyChild(signedInfo, ds("SignatureMethod"), "signature_shape");
  refuseOtherChildren(method, [], "signature_shape");
  if (!isSignatureMethod(algorithmOf(method))) refuse("signature_algorithm", algorithmOf(method));
}

function checkReference(reference: Element, signed: Element): void {
  const id = requiredAttribute(signed, "ID", "signature_shape");
  if (!identifier.test(id)) refuse("signature_shape", "an ID that is no name");
  if (attributeOf(reference, "URI") !== `#${id}`)
    refuse("signature_shape", "the reference is not to the element that holds the signature");
  const names = [ds("Transforms"), ds("DigestMethod"), ds("DigestValue")];
  refuseOtherChildren(reference, names, "signature_shape");
  checkTransforms(onlyChild(reference, ds("Transforms"), "signature_shape"));
  const digest = onlyChild(reference, ds("DigestMethod"), "signature_shape");
  refuseOtherChildren(digest, [], "signature_shape");
  if (!isDigestMethod(algorithmOf(digest))) refuse("signature_algorithm", algorithmOf(digest));
  checkBase64(onlyChild(reference, ds("DigestValue"), "signature_shape"));
}

function checkTransforms(list: Element): void {
  refuseOtherChildren(list, [ds("Transform")], "signature_shape");
  const [first, second, ...more] = childElements(list, "signature_shape");
  if (!first || !second || more.length > 0) return refuse("signature_shape", "not exactly two transforms");
  if (algorithmOf(first) !== transforms.enveloped || algorithmOf(second) !== transforms.exclusive)
    refuse("signature_algorithm", "other transforms than enveloped, then exclusive canonicalisation");
  refuseOtherChildren(first, [], "signature_shape");
  const prefixes = { namespace: transforms.exclusive, name: "InclusiveNamespaces" };
  refuseOtherChildren(second, [prefixes], "signature_shape");
  const inclusive = optionalChild(second, prefixes, "signature_shape");
  if (inclusive) refuseOtherChildren(inclusive, [], "signature_shape");
}

function checkKeyInfo(keyInfo: Element): void {
  for (const element of everyElement(keyInfo))
    if (element !== keyInfo && !keyInfoNames.has(element.localName))
      refuse("signature_shape", `${element.nodeName} inside KeyInfo`);
}

function checkBase64(element: Element): void {
  const text = plainText(element);
  if (text === null || !base64.test(text)) refuse("signature_shape", `${element.localName} is not base64`);
}

function algorithmOf(element: Element): string {
  return requiredAttribute(element, "Algorithm", "signature_shape");
}

/** One ID per value in the whole document, never in a namespace, never two on one element. */
export function checkIdentifiers(root: Element): void {
  const seen = new Set<string>();
  for (const element of everyElement(root)) {
    const ids = attributesOf(element).filter(({ localName }) => localName.toLowerCase() === "id");
    const [id] = ids;
    if (ids.length > 1 || id?.prefix) refuse("structure", `${element.nodeName} has an ambiguous ID`);
    if (!id) continue;
    if (seen.has(id.value)) refuse("structure", "the same ID twice");
    seen.add(id.value);
  }
}

/** Signatures, assertions and ciphertext stand where they belong or nowhere. */
export function checkPlaces(response: Element, assertion: Element): void {
  for (const element of everyElement(response)) {
    if (/^Encrypted/.test(element.localName)) refuse("encrypted", element.localName);
    if (element.localName === "Assertion" && element !== assertion)
      refuse("structure", "more than one assertion");
    if (element.localName === "Response" && element !== response) refuse("structure", "a response inside");
    if (element.localName === "Signature") checkSignaturePlace(element, [response, assertion]);
  }
}

function checkSignaturePlace(element: Element, places: Element[]): void {
  const stands = places.some((place) => element.parentNode === place);
  if (!stands || !isNamed(element, namespaces.signature, "Signature"))
    refuse("signature_shape", "a signature where none belongs");
}
