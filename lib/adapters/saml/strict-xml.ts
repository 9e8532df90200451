import { DOMParser } from "@xmldom/xmldom";
import { checkTags } from "./check-tags";
import { refuse } from "./refusal";

export interface StrictDocument {
  /** The text that was parsed, without declaration and with plain line ends. */
  text: string;
  root: Element;
}

export interface XmlLimits {
  lengthMax: number;
  elementsMax: number;
  comments: "refused" | "dropped";
}

const attributesMax = 60;

/** No DTD, entities, CDATA, processing instructions or odd spellings, on which two parsers could disagree. */
export function parseStrictXml(text: string, limits: XmlLimits): StrictDocument {
  if (text.length > limits.lengthMax) return refuse("size", `${text.length} characters`);
  const body = withoutDeclaration(limits.comments === "dropped" ? withoutComments(text) : text);
  refuseMarkup(body);
  refuseReferences(body);
  checkTags(body, limits.elementsMax);
  const root = onlyRoot(parseDocument(body));
  for (const element of everyElement(root)) checkNames(element);
  return { text: body, root };
}

/** Every element of a tree in document order, without recursion. */
export function* everyElement(root: Element): Generator<Element> {
  for (let node: Node | null = root; node; node = nextNode(node, root)) if (isElement(node)) yield node;
}

export function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}

export function attributesOf(element: Element): Attr[] {
  return Array.from({ length: element.attributes.length }, (_none, index) =>
    element.attributes.item(index),
  ).filter((attribute) => attribute !== null);
}

function withoutComments(text: string): string {
  const [start = "", ...rest] = text.split("<!--");
  const kept = rest.map((part) => {
    const end = part.indexOf("-->");
    return end === -1 ? refuse("xml", "a comment without an end") : part.slice(end + 3);
  });
  return [start, ...kept].join("");
}

const declaration =
  /^<\?xml\s+version\s*=\s*(?:"1\.0"|'1\.0')(?:\s+encoding\s*=\s*(?:"utf-8"|'utf-8'))?(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>/i;

function withoutDeclaration(text: string): string {
  return text.replace(declaration, "").replace(/\r\n?/g, "\n").trim();
}

// Outside markup a raw "<" is not well-formed, so "<!" and "<?" are markup wherever they stand.
function refuseMarkup(body: string): void {
  if (/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(body))
    refuse("xml", "a character that XML does not know");
  if (body.includes("<?")) refuse("xml", "a processing instruction");
  if (body.includes("<!")) refuse("xml", "a comment, CDATA section or document type");
}

function refuseReferences(body: string): void {
  for (const [reference] of body.matchAll(/&[^;&<]{0,12};?/g)) {
    const code = /^&#(?:(\d{1,7})|x([0-9a-f]{1,6}));$/i.exec(reference);
    const isKnown = code
      ? isXmlCharacter(code[1] ? Number(code[1]) : Number.parseInt(code[2] ?? "", 16))
      : /^&(?:amp|lt|gt|quot|apos);$/.test(reference);
    if (!isKnown) refuse("xml", "an entity other than the five that XML defines");
  }
}

function isXmlCharacter(code: number): boolean {
  if (code === 9 || code === 10 || code === 13) return true;
  return (
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}

function parseDocument(body: string): Document {
  const complain = (message: unknown) => refuse("xml", String(message).slice(0, 200));
  return new DOMParser({
    errorHandler: { warning: complain, error: complain, fatalError: complain },
  }).parseFromString(body, "text/xml");
}

function onlyRoot(document: Document): Element {
  const nodes = Array.from({ length: document.childNodes.length }, (_none, index) =>
    document.childNodes.item(index),
  );
  const [root] = nodes;
  if (nodes.length !== 1 || !root || !isElement(root)) return refuse("xml", "not exactly one root element");
  return root;
}

function checkNames(element: Element): void {
  if (element.prefix && !element.namespaceURI) refuse("xml", `the prefix of ${element.nodeName} is unknown`);
  const attributes = attributesOf(element);
  if (attributes.length > attributesMax) refuse("size", "too many attributes");
  for (const attribute of attributes)
    if (attribute.prefix && !attribute.namespaceURI)
      refuse("xml", `the prefix of ${attribute.nodeName} is unknown`);
}

function nextNode(node: Node, root: Node): Node | null {
  if (node.firstChild) return node.firstChild;
  for (let at: Node | null = node; at && at !== root; at = at.parentNode)
    if (at.nextSibling) return at.nextSibling;
  return null;
}
