import { nested } from "./texts";

export interface HostileAnswer {
  title: string;
  text: string;
}

const listOf = (...items: string[]) => `{"metadata":{"resourceVersion":"1"},"items":[${items.join(",")}]}`;
const metadata = '"metadata":{"name":"a","namespace":"b","uid":"c","resourceVersion":"1"}';
const withSpec = (spec: string) => listOf(`{${metadata},"spec":${spec}}`);

/** Lists whose objects, or whose number, are meant to be too much. */
export function hostileLists(): HostileAnswer[] {
  return [
    { title: "an object of a hundred levels", text: withSpec(`{"a":${nested(100)}}`) },
    { title: "an object of ten thousand levels", text: withSpec(`{"a":${nested(5_000)}}`) },
    { title: "levels instead of a list", text: nested(20_000) },
    { title: "objects that are numbers", text: listOf(...Array.from({ length: 20_000 }, () => "1")) },
    { title: "objects that are levels", text: listOf(nested(2_000)) },
    {
      title: "a list that is an object",
      text: '{"metadata":{"resourceVersion":"1"},"items":{"length":1e9}}',
    },
    { title: "no JSON", text: "<html><body>502</body></html>" },
    { title: "half of a JSON", text: withSpec("{}").slice(0, -4) },
    { title: "nothing", text: "" },
    {
      title: "a prototype for a list",
      text: '{"__proto__":{"items":[1]},"metadata":{"resourceVersion":"1"}}',
    },
    {
      title: "a name of a mebibyte",
      text: listOf(`{"metadata":{"name":"${"a".repeat(1_048_576)}","uid":"c"},"spec":{}}`),
    },
    { title: "a prototype in a specification", text: withSpec('{"__proto__":{"a":1},"x":{"__proto__":{}}}') },
  ];
}

const address = "/openapi/v3/apis/kubevirt.io/v1?hash=AB";
const index = (url: string) =>
  JSON.stringify({ paths: { "apis/kubevirt.io/v1": { serverRelativeURL: url } } });
const kind =
  '"x-kubernetes-group-version-kind":[{"group":"kubevirt.io","version":"v1","kind":"VirtualMachine"}]';
const documentOf = (spec: string, others = "") =>
  `{"components":{"schemas":{"vm":{${kind},"properties":{"spec":${spec}}}${others}}}}`;

export function hostileDocuments(): { title: string; index: string; document: string }[] {
  const good = index(address);
  const templateOf = (inside: string) => `{"type":"object","properties":{"template":${inside}}}`;
  const ring = ',"a":{"properties":{"b":{"$ref":"#/components/schemas/a"}}}';
  const wide = Array.from({ length: 24 }, (_, at) => {
    const below = `{"$ref":"#/components/schemas/w${at + 1}"}`;
    return `,"w${at}":{"properties":{"a":${below},"b":${below},"c":${below},"d":${below}}}`;
  }).join("");
  return [
    ...[
      "http://127.0.0.1:1/x",
      "//evil.example/x",
      "/openapi/v3/../../api",
      "/api/v1/secrets",
      "https://evil.example",
    ].map((url) => ({ title: `it stands at ${url}`, index: index(url), document: documentOf("{}") })),
    { title: "no index", index: "[]", document: documentOf("{}") },
    { title: "levels for an index", index: nested(10_000), document: "{}" },
    { title: "no schemas", index: good, document: "{}" },
    { title: "no machine", index: good, document: '{"components":{"schemas":{}}}' },
    { title: "a machine of nothing", index: good, document: documentOf("null") },
    {
      title: "a machine that is itself",
      index: good,
      document: documentOf('{"$ref":"#/components/schemas/a"}', ',"a":{"$ref":"#/components/schemas/a"}'),
    },
    {
      title: "a ring of fields",
      index: good,
      document: documentOf('{"$ref":"#/components/schemas/a"}', ring),
    },
    {
      title: "four of everything, twenty-four levels down",
      index: good,
      document: documentOf(templateOf('{"$ref":"#/components/schemas/w0"}'), wide),
    },
    {
      title: "ten thousand levels",
      index: good,
      document: documentOf(`${'{"properties":{"template":'.repeat(10_000)}{}${"}}".repeat(10_000)}`),
    },
    {
      title: "more than eight mebibytes",
      index: good,
      document: `${documentOf("{}")}${" ".repeat(9 * 1_048_576)}`,
    },
    {
      title: "two hundred thousand fields",
      index: good,
      document: documentOf(templateOf(`{"properties":{${manyFields(100_000)}}}`)),
    },
  ];
}

function manyFields(count: number): string {
  return Array.from({ length: count }, (_, at) => `"f${at}":{"type":"string"}`).join(",");
}
