import { refuse, type SamlReason } from "./refusal";
import { isElement } from "./strict-xml";

/** The element children; text between them may only be white space. */
export function childElements(parent: Element, reason: SamlReason = "structure"): Element[] {
  const children: Element[] = [];
  for (let node = parent.firstChild; node; node = node.nextSibling) {
    if (isElement(node)) children.push(node);
    else if (node.nodeType === 3 && (node.nodeValue ?? "").trim() !== "")
      refuse(reason, `text between the elements of ${parent.localName}`);
  }
  return children;
}

export interface ChildName {
  namespace: string;
  name: string;
}

export function childrenNamed(parent: Element, { namespace, name }: ChildName): Element[] {
  return childElements(parent).filter((child) => isNamed(child, namespace, name));
}

/** The one child of that name; none or more is refused. */
export function onlyChild(parent: Element, child: ChildName, reason: SamlReason = "structure"): Element {
  const found = childrenNamed(parent, child);
  const [first] = found;
  if (!first || found.length > 1)
    return refuse(reason, `${parent.localName} has ${found.length} ${child.name}`);
  return first;
}

export function optionalChild(
  parent: Element,
  child: ChildName,
  reason: SamlReason = "structure",
): Element | null {
  const found = childrenNamed(parent, child);
  if (found.length > 1) return refuse(reason, `${parent.localName} has ${found.length} ${child.name}`);
  return found[0] ?? null;
}

export function isNamed(element: Element, namespace: string, name: string): boolean {
  return element.localName === name && element.namespaceURI === namespace;
}

/** The value of an attribute without a namespace, or null. */
export function attributeOf(element: Element, name: string): string | null {
  const attribute = element.getAttributeNode(name);
  return attribute && !attribute.prefix ? attribute.value : null;
}

export function requiredAttribute(element: Element, name: string, reason: SamlReason): string {
  const value = attributeOf(element, name);
  return value === null || value === "" ? refuse(reason, `${element.localName} without ${name}`) : value;
}

/** The text of an element that holds text and nothing else, or null. */
export function plainText(element: Element): string | null {
  let text = "";
  for (let node = element.firstChild; node; node = node.nextSibling) {
    if (node.nodeType !== 3) return null;
    text += node.nodeValue ?? "";
  }
  return text;
}

/** Refuses any child that is not listed. */
export function refuseOtherChildren(parent: Element, allowed: ChildName[], reason: SamlReason): void {
  for (const child of childElements(parent, reason))
    if (!allowed.some(({ namespace, name }) => isNamed(child, namespace, name)))
      refuse(reason, `${child.nodeName} inside ${parent.localName}`);
}
