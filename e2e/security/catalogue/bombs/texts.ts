export interface TextBomb {
  title: string;
  text: string;
}

/** Lists in objects in lists: what a schema of anything has to try both ways at each level. */
export function nested(depth: number): string {
  return `${'{"below":['.repeat(depth)}${"]}".repeat(depth)}`;
}

/** Bodies that are right but for a value that goes ever deeper. */
export const nestedBodies: Record<string, (depth: number) => string> = {
  size: (depth) =>
    `{"name":"bomb","display_name":"Bomb","cpu_cores":1,"memory_gi":1,
      "spec_overrides":{"spec.template.spec.domain.firmware.bootloader":${nested(depth)}}}`,
  template: (depth) =>
    `{"name":"bomb","display_name":"Bomb","source_type":"containerdisk","image_url":"quay.io/a/b:1",
      "field_defaults":{"spec.template.spec.dnsConfig":${nested(depth)}}}`,
  request: (depth) =>
    `{"service_id":"a","template_id":"b","instance_size_id":"c","namespace":"d","reason":"e",
      "fields":{"spec.template.spec.dnsConfig":${nested(depth)}}}`,
  "second factor": (depth) => `{"passkey":{"response":${nested(depth)}}}`,
};

export function oddBodies(): { title: string; door: string; body: string }[] {
  const size = '"name":"bomb","display_name":"Bomb","cpu_cores":1';
  return [
    { title: "two mebibytes of a word", door: "size", body: `{"name":"${"a".repeat(2 * 1024 * 1024)}"}` },
    {
      title: "four hundred thousand numbers",
      door: "size",
      body: `{"gpu_devices":[${"1,".repeat(400_000)}1]}`,
    },
    { title: "a hundred thousand unknown members", door: "size", body: `{${manyMembers(60_000)}}` },
    {
      title: "a thousand overrides",
      door: "size",
      body: `{${size},"memory_gi":1,"spec_overrides":{${manyMembers(1_000)}}}`,
    },
    { title: "a number without end", door: "size", body: `{${size},"memory_gi":1e999}` },
    { title: "a number below everything", door: "size", body: `{${size},"memory_gi":-1e999}` },
    {
      title: "a number of a million digits",
      door: "size",
      body: `{${size},"memory_gi":${"9".repeat(900_000)}}`,
    },
    { title: "no number", door: "size", body: `{${size},"memory_gi":NaN}` },
    { title: "a prototype", door: "size", body: `{${size},"memory_gi":1,"__proto__":{"polluted":true}}` },
    {
      title: "a constructor",
      door: "size",
      body: `{${size},"memory_gi":1,"constructor":{"prototype":{"polluted":true}}}`,
    },
    {
      title: "a prototype among overrides",
      door: "size",
      body: `{${size},"memory_gi":1,"spec_overrides":{"__proto__":{"polluted":true}}}`,
    },
    {
      title: "a prototype among fields",
      door: "request",
      body: '{"service_id":"a","template_id":"b","instance_size_id":"c","namespace":"d","reason":"e","fields":{"__proto__":{"a":1}}}',
    },
    {
      title: "a member twice, the second wrong",
      door: "size",
      body: `{${size},"memory_gi":1,"memory_gi":-1}`,
    },
    { title: "two bodies", door: "size", body: `{${size},"memory_gi":1}{${size},"memory_gi":1}` },
    { title: "a remark", door: "size", body: `{${size},"memory_gi":1 /* and more */}` },
    { title: "a list", door: "size", body: "[[[[]]]]" },
    { title: "null", door: "size", body: "null" },
    { title: "a word", door: "template", body: '"a"' },
    {
      title: "sixty thousand constraints",
      door: "template",
      body: `{"field_constraints":{${manyMembers(60_000)}}}`,
    },
  ];
}

function manyMembers(count: number): string {
  return Array.from({ length: count }, (_, at) => `"spec.m${at}":${at}`).join(",");
}

/** For every door that reads YAML. */
export function yamlBombs(): TextBomb[] {
  return [
    { title: "a billion laughs", text: laughs(12) },
    { title: "a list of aliases", text: `a: &a ${"[1,2,3,4,5,6,7,8,9]"}\nb: [${"*a,".repeat(20_000)}*a]` },
    { title: "merged merges", text: `a: &a {x: 1}\n${merges(200)}` },
    { title: "flow lists without end", text: `a: ${"[".repeat(60_000)}` },
    { title: "flow maps without end", text: `a: ${"{a: ".repeat(40_000)}` },
    { title: "block lists without end", text: `a:\n  ${"- ".repeat(30_000)}b` },
    {
      title: "block maps without end",
      text: Array.from({ length: 400 }, (_, at) => `${" ".repeat(at)}a:`).join("\n"),
    },
    { title: "questions without end", text: `${"? ".repeat(30_000)}a` },
    { title: "tags without end", text: `a: ${"!a ".repeat(30_000)}b` },
    { title: "quotes that do not close", text: `a: "${"\\n".repeat(60_000)}` },
    { title: "six thousand keys", text: Array.from({ length: 6_000 }, (_, at) => `k${at}: 1`).join("\n") },
    { title: "one key forty thousand times", text: "a: 1\n".repeat(40_000) },
    { title: "twenty thousand documents", text: "a: 1\n---\n".repeat(20_000) },
  ];
}

function laughs(levels: number): string {
  return Array.from({ length: levels }, (_, at) =>
    at === 0
      ? "l0: &l0 lol"
      : `l${at}: &l${at} [${Array.from({ length: 10 }, () => `*l${at - 1}`).join(",")}]`,
  ).join("\n");
}

function merges(count: number): string {
  return Array.from(
    { length: count },
    (_, at) => `m${at}: &m${at}\n  <<: *${at === 0 ? "a" : `m${at - 1}`}`,
  ).join("\n");
}
