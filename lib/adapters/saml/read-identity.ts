import {
  attributeOf,
  childElements,
  childrenNamed,
  isNamed,
  onlyChild,
  plainText,
  requiredAttribute,
} from "./read-element";
import { refuse } from "./refusal";
import { namespaces, unspecifiedNameIdFormat, type SamlIdentity } from "./types";

const saml = (name: string) => ({ namespace: namespaces.assertion, name });
const nameIdLengthMax = 1024;
const attributeLengthMax = 4096;
const attributesMax = 200;
const valuesMax = 2000;

/** Reads from the signed assertion and from nothing else. */
export function readIdentity(assertion: Element): Omit<SamlIdentity, "validUntil"> {
  const subject = onlyChild(assertion, saml("Subject"), "name_id");
  const nameId = onlyChild(subject, saml("NameID"), "name_id");
  return {
    nameId: readNameId(nameId),
    nameIdFormat: attributeOf(nameId, "Format") ?? unspecifiedNameIdFormat,
    sessionIndex: readSessionIndex(assertion),
    attributes: readAttributes(assertion),
    assertionId: requiredAttribute(assertion, "ID", "structure"),
  };
}

function readNameId(element: Element): string {
  const text = plainText(element);
  if (text === null) return refuse("name_id", "more than text in the NameID");
  if (text === "" || text !== text.trim() || text.length > nameIdLengthMax)
    return refuse("name_id", "an empty, padded or endless NameID");
  return /\p{Cc}/u.test(text) ? refuse("name_id", "a control character in the NameID") : text;
}

function readSessionIndex(assertion: Element): string | null {
  const [statement] = childrenNamed(assertion, saml("AuthnStatement"));
  const index = statement ? attributeOf(statement, "SessionIndex") : null;
  return index === "" ? null : index;
}

/** Several elements of one name add up, as role lists often come; a value that is more than text is left out. */
function readAttributes(assertion: Element): Record<string, string[]> {
  const values = new Map<string, string[]>();
  let count = 0;
  for (const statement of childrenNamed(assertion, saml("AttributeStatement")))
    for (const attribute of childrenNamed(statement, saml("Attribute"))) {
      const name = requiredAttribute(attribute, "Name", "structure");
      const found = readValues(attribute);
      count += found.length;
      values.set(name, [...(values.get(name) ?? []), ...found]);
      if (values.size > attributesMax || count > valuesMax) refuse("size", "too many attributes");
    }
  return Object.fromEntries(values);
}

function readValues(attribute: Element): string[] {
  return childElements(attribute).flatMap((value) => {
    if (!isNamed(value, namespaces.assertion, "AttributeValue")) return [];
    const text = plainText(value)?.trim() ?? "";
    if (text.length > attributeLengthMax) refuse("size", "an endless attribute");
    return text === "" ? [] : [text];
  });
}
