import { refuse } from "./refusal";

const name = "[A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?";
const attribute = `[ \\t\\n]+${name}[ \\t\\n]*=[ \\t\\n]*(?:"[^"<]*"|'[^'<]*')`;
const tagPattern = `<(/?)(${name})((?:${attribute})*)[ \\t\\n]*(/?)>`;
const depthMax = 40;

/**
 * One root, every tag closed in order, every attribute quoted: the parser below mends what is not, and a mended tree is
 * not what was signed.
 */
export function checkTags(text: string, elementsMax: number): void {
  const tag = new RegExp(tagPattern, "y");
  const open: string[] = [];
  let elements = 0;
  for (let at = text.indexOf("<"); at !== -1; at = text.indexOf("<", tag.lastIndex)) {
    if (open.length === 0 && elements > 0) refuse("xml", "more than one root element");
    tag.lastIndex = at;
    const found = tag.exec(text) ?? refuse("xml", `no tag of XML at ${at}`);
    if (found[1] === "") elements++;
    if (elements > elementsMax) refuse("size", "too many elements");
    followTag(open, found);
    if (open.length > depthMax) refuse("size", "nested too deeply");
  }
  if (open.length > 0) refuse("xml", `${open.at(-1)} is not closed`);
}

function followTag(open: string[], [, slash, tagName = "", attributes, emptySlash]: RegExpExecArray): void {
  if (slash === "") {
    if (emptySlash === "") open.push(tagName);
    return;
  }
  if (attributes !== "" || emptySlash !== "" || open.pop() !== tagName)
    refuse("xml", `${tagName} is closed where it is not open`);
}
