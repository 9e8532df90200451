import { stringify } from "yaml";
import { draft, type HostileKubeconfig, type Parts } from "./base";

/** Texts that a reader of YAML or JSON should not be given. */
export function hostileTexts(parts: Parts): HostileKubeconfig[] {
  return [...tricksOfYaml(parts), ...oddSizes(parts), ...oddNames(parts)];
}

function tricksOfYaml(parts: Parts): HostileKubeconfig[] {
  const good = stringify(draft(parts));
  const json = JSON.stringify(draft(parts));
  return [
    { title: "a billion laughs", text: `${laughs()}\n${good}` },
    { title: "an anchor", text: good.replace("current-context: one", "current-context: &a one") },
    {
      title: "an anchor and its alias",
      text: good.replace("kind: Config", "kind: Config\nx: &a [1]\ny: *a"),
    },
    { title: "a merge key", text: good.replace("kind: Config", "kind: Config\n<<: {preferences: {}}") },
    { title: "a tag", text: good.replace("kind: Config", "kind: !!js/function 'return 1'") },
    {
      title: "a Python tag",
      text: good.replace("kind: Config", "kind: !!python/object/apply:os.system [id]"),
    },
    { title: "a binary tag", text: good.replace("kind: Config", "kind: !!binary Q29uZmln") },
    { title: "a directive of YAML 1.1", text: `%YAML 1.1\n---\n${good}` },
    { title: "a directive of tags", text: `%TAG ! tag:evil.example,2000:\n---\n${good}` },
    { title: "two documents", text: `${good}---\n${good}` },
    { title: "a key twice", text: `${good}kind: Config\n` },
    { title: "a key twice in JSON", text: json.replace('{"apiVersion"', '{"kind":"Config","apiVersion"') },
    { title: "a server twice", text: good.replace(/( +)server: .*\n/, "$&$1server: https://127.0.0.1:1\n") },
    { title: "a key that is a list", text: `${good}? [a, b]\n: c\n` },
    { title: "a prototype", text: `${good}__proto__:\n  polluted: true\n` },
    { title: "a prototype in JSON", text: json.replace("{", '{"__proto__":{"polluted":true},') },
    { title: "a constructor", text: `${good}constructor:\n  prototype: {polluted: true}\n` },
    { title: "a prototype of a user", text: json.replace('"user":{', '"user":{"__proto__":{"exec":{}},') },
  ];
}

function oddSizes(parts: Parts): HostileKubeconfig[] {
  const good = stringify(draft(parts));
  const more = draft(parts);
  return [
    { title: "no end of lists", text: `${"[".repeat(50_000)}${"]".repeat(50_000)}` },
    { title: "no end of objects", text: `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}` },
    { title: "no end of block lists", text: `x: ${"- ".repeat(20_000)}a\n${good}` },
    { title: "six thousand users", text: stringify({ ...more, users: manyUsers(6_000) }) },
    { title: "a hundred and one clusters", text: stringify({ ...more, users: manyUsers(101) }) },
    { title: "more than a quarter of a mebibyte", text: `${good}# ${"x".repeat(256 * 1024)}` },
    { title: "much of three bytes each", text: `${good}# ${"\u4e2d".repeat(90_000)}` },
    { title: "nothing", text: "" },
    { title: "blanks", text: " \n\t \n" },
    { title: "a sentence", text: "hello there" },
    { title: "a number", text: "1e999" },
    { title: "a zip", text: `PK\u0003\u0004${"\u0001".repeat(400)}` },
    { title: "a program", text: `\u007fELF\u0002\u0001\u0001${"\u0002".repeat(400)}` },
  ];
}

function oddNames(parts: Parts): HostileKubeconfig[] {
  const good = stringify(draft(parts));
  const json = JSON.stringify(draft(parts));
  const more = draft(parts);
  return [
    { title: "a NUL", text: good.replace("one", "o\u0000ne") },
    { title: "UTF-16 read as Latin", text: Buffer.from(good, "utf16le").toString("latin1") },
    { title: "half a surrogate in the server", text: json.replace("https://", "https://\\ud800") },
    {
      title: "a bell in the context",
      text: good.replace("current-context: one", 'current-context: "o\\ane"'),
    },
    {
      title: "a context that is not there",
      text: good.replace("current-context: one", "current-context: two"),
    },
    {
      title: "several contexts and none chosen",
      text: stringify({
        ...more,
        "current-context": "",
        contexts: [...more.contexts, { name: "two", context: { cluster: "one", user: "one" } }],
      }),
    },
    {
      title: "a context twice",
      text: stringify({ ...more, contexts: [...more.contexts, ...more.contexts] }),
    },
    { title: "a user twice", text: stringify({ ...more, users: [...more.users, ...more.users] }) },
    { title: "clusters by name", text: stringify({ ...more, clusters: { one: more.clusters[0]?.cluster } }) },
  ];
}

function laughs(): string {
  const levels = "abcdefghij".split("").map((name, at, all) => {
    const below = all[at - 1];
    const items = below === undefined ? '"lol"' : `*${below}`;
    return `${name}: &${name} [${Array.from({ length: 10 }, () => items).join(",")}]`;
  });
  return levels.join("\n");
}

function manyUsers(count: number) {
  return Array.from({ length: count }, (_, at) => ({ name: `u${at}`, user: { token: "a" } }));
}
