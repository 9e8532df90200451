/** The names that a message expects: `{name}`, `{count, plural, …}` and `<tag>`. Quoted braces are text. */
export function icuParameters(message: string): string[] {
  const names = new Set<string>();
  readText(message, 0, names);
  return [...names].sort();
}

/** Reads until the brace that closes this text and returns its place. */
function readText(message: string, start: number, names: Set<string>): number {
  let at = start;
  while (at < message.length && message[at] !== "}") {
    if (message[at] === "'") at = skipQuoted(message, at);
    else if (message[at] === "{") at = readArgument(message, at + 1, names);
    else at = readTag(message, at, names);
  }
  return at;
}

function readTag(message: string, at: number, names: Set<string>): number {
  const tag = /^<([a-zA-Z][\w-]*)\/?>/.exec(message.slice(at, at + 40));
  if (tag?.[1]) names.add(`<${tag[1]}>`);
  return at + 1;
}

function readArgument(message: string, start: number, names: Set<string>): number {
  let at = start;
  while (at < message.length && !",}".includes(message[at] ?? "")) at += 1;
  names.add(message.slice(start, at).trim());
  while (at < message.length && message[at] !== "}") {
    at = message[at] === "{" ? readText(message, at + 1, names) + 1 : at + 1;
  }
  return at + 1;
}

function skipQuoted(message: string, at: number): number {
  const next = message[at + 1] ?? "";
  if (!"{}<'".includes(next) || next === "") return at + 1;
  if (next === "'") return at + 2;
  const end = message.indexOf("'", at + 1);
  return end === -1 ? message.length : end + 1;
}
